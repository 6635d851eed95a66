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
meeting-dropped = 组织方提议、未获采纳
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
meeting-state-proposed = 组织方提议
meeting-state-dropped = 提议未获采纳
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
meeting-mail-proposed = 组织方提议与{ $who }会见
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

# Requests from a workbook.
meeting-import = 从工作簿导入会见请求
meeting-import-why = 现有清单即可，包括往届的清单：中文、俄文或英文标题均可，可含合并单元格；一格内可写多个会见对象。须有“请求方”和“会见对象”两列，议题、时长、重要程度、状态可有可无。保存之前会先显示结果。
meeting-import-new = 新增
meeting-import-known = 已有或重复
meeting-import-known-title = 已有或重复的请求
meeting-import-clashes = 时间冲突
meeting-import-clashes-title = 清单中的时间冲突
meeting-import-clashes-why = 同一代表团在重叠的时间有两场会见。清单中的时间不会采用，排期时会另行安排。
meeting-import-clash = 第{ $first }行与第{ $second }行
meeting-import-more = 另有{ $n }处。
meeting-import-unsaid = 按下方选择
meeting-import-otherwise = 清单未注明状态的请求
meeting-import-requested = 等待对方答复，并通知对方
meeting-import-accepted = 双方已同意，列入排期
meeting-import-purpose = 双边会见
refusal-meeting-side-missing = 缺少请求方或会见对象。
refusal-meeting-length-unread = “{ $said }”不是可识别的时长。请写分钟数，例如 30。
refusal-delegation-unknown = 本届没有名为“{ $said }”的代表团。请先添加该代表团，或改正名称。
refusal-delegation-several = 名为“{ $said }”的代表团不止一个。请写全名。

# Proposed by the office for all delegations at once.
meeting-proposal = 会见提议
meeting-proposal-why = 以下各对代表团，一方可提供另一方所需；配对时兼顾各方，不使任何一方明显落后。双方之间已有过请求的，无论结果如何，不再提议。本页仅组织方可见。
meeting-proposal-most = 每个代表团最多新增会见
meeting-proposal-most-hint = 请填 1 至 8 之间的数字。
meeting-proposal-show = 提议
meeting-proposal-pairs = 对代表团获提议会见
meeting-proposal-reached = 个代表团至少有一场（{ $of } 个有供需相合者）
meeting-proposal-fewest = 一个代表团最少场数
meeting-proposal-largest = 一个代表团最多场数
meeting-proposal-none = 目前没有可提议的会见：尚未接触的代表团之间没有供需相合者。供需在各城市的页面登记。
meeting-proposal-pair = 代表团
meeting-proposal-reason = 理由
meeting-proposal-language = 共同语言
meeting-proposal-apart = 无，需要口译
meeting-proposal-tied = 两市为友好城市或友好交流城市。
meeting-proposal-told = 将通知双方：会见由组织方提议。先同意的一方即为请求方，由另一方答复。
meeting-proposal-ask = 发出所选请求
meeting-proposal-done =
    { $n ->
        [0] 没有发出请求。
       *[other] 已发出 { $n } 项请求，并已通知双方已登记的联络人。
    }
meeting-proposal-passed = 有 { $n } 对未发出：双方已有请求，或条件已不符。
meeting-reason-take = { $to }可提供{ $from }所需：{ $take }。
meeting-reason-give = { $to }需要{ $from }所长：{ $give }。
meeting-reason-both = { $to }可提供{ $from }所需（{ $take }），也需要{ $from }所长（{ $give }）。
refusal-meeting-proposal-unticked = 尚未选择。请勾选要发出请求的各对代表团。
meeting-import-done = 清单已保存：新增会见请求{ $added }项；已有或重复{ $known }项；未采用{ $untaken }行。
meeting-import-no-heading = 没有认出“请求方”和“会见对象”两列。请指明表头所在的行和每一列的内容，然后重新核对。
meeting-import-strangers-hint = 本届没有这些名称的代表团。请选择所指的代表团，一次选择适用于所有的行；或在下方略去这些行，然后重新核对。
meeting-import-twin = 与第{ $row }行重复
meeting-import-there = 已有会见：
meeting-import-remarks = 以下各列的原文作为内部备注与会见一并保存，只有组织方能看到：
meeting-remark = 内部备注
meeting-remark-hint = 只有组织方能看到，双方都看不到。
meeting-column-aside = 不采用
meeting-column-from = 请求方
meeting-column-to = 会见对象
meeting-column-purpose = 议题
meeting-column-wish = 重要程度
meeting-column-minutes = 时长
meeting-column-state = 状态
meeting-column-start = 时间
meeting-column-remark = 内部备注
