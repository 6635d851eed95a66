sheet-save = 保存此列表：
