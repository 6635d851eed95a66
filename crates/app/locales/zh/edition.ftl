edition-list = 历届对话
edition-search = 按名称或城市查找
edition-none = 目前还没有届次。秘书处设立后，会期、东道城市和日程将在此显示。
edition-open = 设立新一届
edition-edit = 修改本届信息
edition-save = 保存
edition-host = 东道城市
edition-host-hint = 用任何一种语言输入城市名称，再从提示中选择。
edition-days = 会期
edition-mode = 举办形式
edition-mode-in_person = 线下
edition-mode-online = 视频
edition-mode-hybrid = 线下与视频结合
edition-mode-emergency = 紧急视频会议
edition-languages = 会议语言
edition-languages-hint = 中文和俄文为正式语言，其余为工作语言。
edition-initiators = 发起方
edition-initiators-hint = 每一行以信函所用语言印在邀请函抬头。
edition-initiator = 第 { $n } 行
edition-precedence = 礼宾次序
edition-precedence-hint = 名单、发言、座次和签署都用同一次序：先按级别，再按此处所选。
edition-order = 先按级别，再{ $rule }
edition-order-zh = 按中文名称（拼音）
edition-order-ru = 按俄文名称（字母）
edition-order-en = 按英文名称（字母）
edition-order-lots = 按抽签结果
edition-zone = 时区
edition-zone-hint = 所有时间均按此时区表示。留空即采用东道城市的时区，如 Asia/Shanghai。
edition-series = 所属系列
edition-series-new = 新系列
edition-series-name = 新系列名称
edition-title = 名称
edition-title-hint = 以发起方在各语言中的正式名称为准。
edition-first-day = 首日
edition-last-day = 末日
edition-call = 议题征集
edition-call-make = 发起议题征集
edition-call-edit = 修改议题征集
edition-call-open = 正在征集议题
edition-call-from = 自{ $day }起可提出议题。
edition-call-until = 议题征集截至{ $day }（含当日）。
edition-call-over = 征集已于{ $day }截止。
edition-call-topics = 查看已提出的议题
edition-brief = 征集说明
edition-opens = 开始日期
edition-closes = 截止日期
edition-yours = 您可以在此办理
edition-your-delegation = 贵方代表团
edition-your-delegation-why = 填报来访人员并随时更新名单。
edition-your-topic-why = 提出各城市应共同讨论的问题，其他城市可以表示支持。
edition-your-meetings-why = 提出会见请求并答复对方。只有双方和组织方可以看到。
edition-work = 本届筹备进度
edition-step-topics =
    { $all ->
        [0] 还没有议题
       *[other] { $all } 项议题
    }{ $undecided ->
        [0] {""}
       *[other] ，{ $undecided } 项待决定
    }
edition-step-invitations =
    { $all ->
        [0] 还没有邀请
       *[other] 共 { $all } 份，已发 { $sent } 份，已答复 { $answered } 份
    }
edition-step-delegations = { $delegations } 个代表团，已填报 { $people } 人
edition-step-meetings =
    { $n ->
        [0] 还没有会见请求
       *[other] { $n } 项会见请求
    }
edition-step-venues =
    { $n ->
        [0] 还没有会场
       *[other] { $n } 个会场
    }
edition-step-sessions =
    { $n ->
        [0] 还没有活动
       *[other] { $n } 场活动
    }
edition-step-plan = 
    { $n ->
        [0] 尚未排期
       *[other] 已排期 { $n } 次
    }
edition-step-programme =
    { $n ->
        [0] 尚未发布
       *[other] 已发布 { $n } 版
    }
edition-next-topics = 办理议题
edition-next-invitations = 办理邀请
edition-next-delegations = 办理代表团
edition-next-meetings = 办理双边会见
edition-next-venues = 录入场地
edition-next-sessions = 录入活动
edition-next-plan = 开始排期
edition-next-programme = 发布日程
refusal-city-unknown = 名录中没有这个城市，请从提示中选择。
refusal-city-several = 有几座城市同名，请写明其中一个：{ $labels }
edition-nav-interpreters = 口译
edition-nav-assignments = 我的任务
