disruption-lead = 日程发布后出现了变化？请说明情况。系统会给出两三种调整方案；已经开始的活动保持不变，在您选定之前不作任何更改。
disruption-no-release = 日程尚未发布。发布之前，请直接修改草案并重新排期。
disruption-draft = 现有一份尚未发布的草案。以下方案以已发布的日程为基础；选定的方案将取代该草案。
disruption-said = 发生了什么？
disruption-said-example = 用自己的话说即可，例如“比什凯克晚到三小时”“乌法15点离会”“松室14点到16点停用”“全体会议延长四十分钟”或“音乐会取消”。
disruption-not-understood = 未能识别。请写明一个代表团、一个厅室、一项活动或一名译员以及发生的情况，或在下方选择。
disruption-earlier = 该代表团将早于原计划抵达。日程可以保持不变。此前为其调整或取消的安排，如仍可恢复，下方有相应方案；否则请不保留已发布安排重新排期，或将有关活动固定。
disruption-show = 查看调整方案
disruption-choose = 或选择情况
disruption-kind-late = 代表团抵达时间有变
disruption-about-late = 晚到，或最终按时抵达。赶不上的会见将改期或取消；论坛照常举行。
disruption-kind-hall = 厅室停用
disruption-about-hall = 停用数小时或一直停用；原定在此的活动另行安排。
disruption-kind-busy = 代表团临时有事
disruption-about-busy = 有几个小时不能参加活动。
disruption-kind-withdrawn = 代表团不再参会
disruption-about-withdrawn = 其尚未开始的会见取消，其他活动保持原状。
disruption-kind-longer = 活动时长有变
disruption-about-longer = 延长或缩短；必要时顺延其后的活动。
disruption-kind-meeting = 新增会见
disruption-about-meeting = 两个代表团商定会见；尽可能在不影响他人的情况下安排时间和地点。
disruption-pick = —— 请选择 ——
disruption-delegation = 代表团
disruption-hours = 晚到小时数
disruption-hours-hint = 例如3、2.5或3:20，无论通报几次，均自申报的抵达时间起算。填0表示按时抵达。
disruption-arrival = 或新的抵达时间
disruption-arrival-hint = 代替小时数；以东道城市当地时间为准。
disruption-hall = 厅室
disruption-session = 活动
disruption-side = 一方代表团
disruption-to = 另一方代表团
disruption-from = 自
disruption-until = 至
disruption-minutes = 现需总时长（分钟）
disruption-begun = 已经开始的活动
disruption-at = 保留此前开始的活动
disruption-at-hint = 届时已开始的活动保持不变。不填则以当前时间为准。
disruption-again = 修改所述情况
disruption-answered = 已经发生的变化
disruption-noted = 已记录
disruption-stays = { $at }之前开始的活动保持不变。
disruption-none = 没有找到符合全部规则的方案。请消除障碍后重新排期。
disruption-told-late = { $known ->
    [yes] { $name }将于{ $at }抵达（原为{ $before }）。
   *[no] { $name }将于{ $at }抵达。
}
disruption-told-hall = { $name }停用：{ $span }。
disruption-told-busy = { $name }代表团不能参加活动：{ $span }。
disruption-told-withdrawn = { $name }代表团不再参会。
disruption-told-longer = “{ $name }”时长改为{ $n }分钟（原为{ $before }分钟）。
disruption-told-meeting = { $name }与{ $other }商定会见。
disruption-way = 方案{ $number }
disruption-holds = 日程不受影响，无需调整
disruption-moves-meetings = { $n }场会见调整时间或地点
disruption-moves-sessions = { $n }项活动调整时间或地点
disruption-drops-meetings = 取消{ $n }场会见
disruption-drops-sessions = 取消{ $n }项活动
disruption-adds = 新增{ $n }场会见
disruption-amends = { $n }项活动照常举行，部分代表团缺席
disruption-concerns = 涉及{ $n }个代表团
disruption-more = 另有{ $n }个
disruption-note = 记录在案
disruption-release = 采用此方案：发布并通知有关各方
disruption-draft-it = 采用此方案：作为草案，由秘书处发布
disruption-moved = 情况刚刚有变。以下是目前的方案。
refusal-withdrawn-already = 该代表团已不再参会。
refusal-arrives-after-leaving = 该时间晚于代表团离开的时间。如不再参会，请选择“代表团不再参会”。
refusal-same-length = 该活动的计划时长已是如此。
refusal-session-not-held = 该活动不在已发布的日程中，无法在此更改时长。请在“活动安排”页修改，然后重新排期。
refusal-arrival-unknown = 该代表团未申报抵达时间，请直接填写新的抵达时间。
refusal-delay = 请以小时填写晚到的时间，例如3、2.5或3:20，最多72小时；按时抵达请填0。
refusal-situation-moved = 日程或其依据的资料刚刚被他人修改。请重新查看，方案可能已有变化。
disruption-kind-interpreter = 译员不能到场
disruption-about-interpreter = 其任务由他人接替；无人接替的会见改期或取消。
disruption-interpreter = 译员
disruption-interpreter-when = 不填时间：自今日起至会议结束。
disruption-told-interpreter = { $name }：{ $span } 不能到场。
disruption-restaffs = { $n }项活动更换译员
disruption-interpreters = 涉及{ $n }名译员
disruption-understood-whom = 已识别代表团“{ $name }”，但未能识别发生的情况。请在下方选择，代表团已填好。
disruption-rest = 情况尚未说全。已识别的内容已填入下方。
disruption-kind-leaving = 代表团离会时间有变
disruption-about-leaving = 不能参加的会见将改期或取消；论坛照常举行。
disruption-departure = 新的离会时间
disruption-hall-when = 不填开始时间：自今日起；不填结束时间：至会议结束。
disruption-told-leaving = { $known ->
    [yes] { $name }将于{ $at }离会（原为{ $before }）。
   *[no] { $name }将于{ $at }离会。
}
disruption-unpins = 解除{ $n }个锁定项
refusal-leaves-before-arriving = 该时间早于代表团抵达时间。如代表团不来，请选择“不再参会”。
disruption-only-on = 仅限某一天：
disruption-least = 取消的项数已无法再少。
disruption-kind-called-off = 活动或会见取消
disruption-about-called-off = 取消的项目撤出日程，其他安排不变；空出的时间可留给尚未排入的项目。
disruption-activity = 取消的项目
disruption-by = 提出取消的一方
disruption-by-hint = 仅适用于会见：记为该方的答复，并通知双方。
disruption-by-both = 双方商定
disruption-told-called-off = { $by ->
    [yes] 应{ $name }代表团要求取消：{ $what }。
   *[no] 取消：{ $what }。
}
disruption-adds-sessions = 新增{ $n }项活动
disruption-returns = 代表团恢复参加{ $n }项活动
disruption-declared = { $known ->
    [yes] 申报的抵达时间：{ $at }。
   *[no] 未申报抵达时间。
}
disruption-declared-noted = { $when }已记录：{ $at }抵达。
refusal-not-released = 该项目不在已发布的日程中，请在其页面取消。
refusal-called-off-already = 该项目已经取消。
refusal-begun-already = 该项目已经开始，不能取消。
refusal-not-a-side = 请选择该会见双方中的一方。
disruption-stale = 除本次变化外，第{ $number }版中另有{ $n }项活动因发布后的改动已无法按原安排举行。以下各方案会一并处理并发布。如需单独处理，请先重新编排并发布日程。
