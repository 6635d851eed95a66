display-title = 会场屏幕
display-nothing = 主席尚未选择要显示的段落。
display-back = 前往文本
