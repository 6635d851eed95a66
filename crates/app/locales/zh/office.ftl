office-title = 职务
office-lead = 由谁主持、谁负责各语言文本、谁担任口译、谁代表东道城市工作：由秘书处委派，各有期限。
office-none = 本届尚无任职人员。请在下方委派。
office-role = 职务
office-role-chair = 磋商主席
office-role-language_officer = 语言主管
office-role-interpreter = 口译员
office-role-host = 东道城市办公室
office-name = 姓名
office-from = 起始
office-until = 截止
office-over = 已结束
office-end = 立即结束
office-email = 电子邮箱
office-lang = 邮件语言
office-last-day = 最后一日
office-last-day-hint = 留空则至本届个人数据删除之日为止。
office-give-title = 委派职务
office-give = 委派并发送链接
office-mail-subject = 您的职务：{ $office }
office-mail =
    { $name }，您好！

    秘书处委派您在“{ $edition }”中担任：{ $office }。

    请打开以下链接并按“登录”。链接在 { $days } 天内有效，仅可使用一次：
    { $address }

    此后请用本邮箱登录，无需密码。
