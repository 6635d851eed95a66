meeting-none = 还没有代表团提出会见。
meeting-none-own = 贵方还没有会见。可以从下方的建议中选择，也可以直接提出请求。
meeting-ask = 请求会见
meeting-send = 发出请求
meeting-choose = 请选择
meeting-on-behalf = 请求方：
meeting-as = 查看哪个代表团
meeting-as-show = 查看
meeting-as-all = 全部会见
meeting-confidential = 会见只有双方和组织方知道，其他代表团看不到。
meeting-waiting = 等待贵方答复
meeting-received = 收到的请求
meeting-asked = 发出的请求
meeting-with = 会见方
meeting-from = 请求方
meeting-to = 会见对象
meeting-purpose = 议题
meeting-purpose-hint = 双方都能看到，至少用一种语言填写。
meeting-purpose-theme = 交流经验：{ $theme }
meeting-wish = 重要程度
meeting-wish-must = 务必安排
meeting-wish-nice = 希望安排
meeting-lasts = 时长
meeting-minutes = 时长（分钟）
meeting-minutes-n = { $n } 分钟
meeting-minutes-countered = { $asked } 分钟，对方提议 { $proposed } 分钟
meeting-state = 状态
meeting-state-requested = 已请求
meeting-state-countered = 另有提议
meeting-state-accepted = 已同意
meeting-state-declined = 未安排
meeting-state-withdrawn = 已撤回
meeting-state-us = 等待贵方答复
meeting-state-them = 等待对方答复
meeting-answer-of = 答复：
meeting-answer-accept = 同意
meeting-answer-decline = 婉拒
meeting-answer-withdraw = 撤回请求
meeting-answer-counter = 提议此时长
meeting-counter = 改提其他时长（分钟）
meeting-suggested = 建议会见
meeting-suggested-none = 目前没有供需相合的其他城市。城市在名录中登记供需后，建议会出现在这里。
meeting-why-and = 、
meeting-why-take = 对方可提供贵方所需：{ $take }。
meeting-why-give = 对方需要贵方所长：{ $give }。
meeting-why-both = 对方可提供贵方所需（{ $take }），也需要贵方所长（{ $give }）。
meeting-why-words = 双方原文
meeting-why-offer = 提供：
meeting-why-need = 需要：
meeting-mail-requested = { $who }请求会见
meeting-mail-accepted = { $who }同意会见
meeting-mail-declined = { $who }不便会见
meeting-mail-countered = { $who }提议更改会见时长
meeting-mail-withdrawn = { $who }撤回会见请求
meeting-mail =
    您好！

    { $what }。
    代表团：{ $own }
    活动：{ $edition }

    详情与答复（需登录）：
    { $address }

    此事只有双方和组织方知道，请勿转发。
refusal-meeting-open = 双方已有一场会见在进行中，请在列表中查看。
meeting-search = 按代表团或主题查找
meeting-none-found = 没有符合条件的会见。
