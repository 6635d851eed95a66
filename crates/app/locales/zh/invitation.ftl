invitation-list = 邀请
invitation-none = 还没有邀请函。请先选择一座城市或一个机构，拟写第一份。
invitation-none-found = 没有符合条件的邀请。请更换关键词，或点选上方其他数字。
invitation-write = 拟写邀请函
invitation-all = 全部
invitation-due = 待催复
invitation-coming = 已报人数
invitation-search = 按编号、代表团或收信人查找
invitation-state-draft = 草稿
invitation-state-sent = 尚未答复
invitation-state-accepted = 应邀出席
invitation-state-accepted_subject = 应邀，待批准
invitation-state-substituted = 另派代表
invitation-state-regrets = 不能出席
invitation-column-number = 编号
invitation-column-delegation = 代表团
invitation-column-addressee = 收信人
invitation-column-office = 职务
invitation-column-lang = 语言
invitation-column-state = 状态
invitation-column-people = 人数
invitation-column-quota = 名额
invitation-column-reply_by = 答复期限
invitation-column-email = 电子邮箱
invitation-send-many = { $n } 份草稿：核对后发出
invitation-remind-many = { $n } 份待催复
invitation-whom = 邀请对象
invitation-whom-search = 按名称查找城市或机构
invitation-whom-none = 没有可以邀请的同名对象。请更换关键词，或添加机构。
invitation-to = 邀请：{ $name }
invitation-to-new-body = 邀请其他机构
invitation-body-name = 机构名称
invitation-body-name-hint = 以该机构在各语言中的正式名称为准。
invitation-drafts = { $n } 个代表团还没有邀请函
invitation-drafts-why = 可以一次为全部代表团生成草稿，收信人为其填报的团长。对方没有提供的内容会留空，由您补充。
invitation-drafts-make = 生成草稿
invitation-lang = 函件语言
invitation-addressee = 收信人
invitation-addressee-hint = 按对方提供的写法，用函件语言填写，并将照此印出。
invitation-office = 职务
invitation-office-hint = 以对方城市的正式称谓为准，如市长、州长、阿基姆、霍基姆等。
invitation-salutation = 称呼
invitation-salutation-hint = 函件开头的完整称呼，例如：尊敬的范例明市长
invitation-email = 电子邮箱
invitation-email-hint = 答复链接将发往此邮箱。以邮寄方式发函时可以留空。
invitation-rank = 受邀人级别
invitation-rank-head = 市长级
invitation-rank-deputy = 副市长级
invitation-rank-official = 官员
invitation-rank-expert = 专家
invitation-rank-business = 企业代表
invitation-rank-media = 媒体
invitation-rank-companion = 随行人员
invitation-quota = 代表团名额
invitation-reply-by = 答复期限
invitation-draft-hint = 此时不会发出任何函件，您可以先查看再发。
invitation-save-draft = 保存草稿
invitation-edit = 修改草稿
invitation-send = 发出
invitation-send-whom = 以下函件将发出；暂不发出的请取消勾选
invitation-send-none = 没有可以发出的草稿。
invitation-send-not = 缺少姓名或称呼
invitation-remind = 发送催复函
invitation-remind-whom = 将向以下对象催复；暂不催复的请取消勾选
invitation-remind-none = 目前没有需要通过邮件催复的对象。
invitation-remind-not = 没有邮箱，请电话或去函联系
invitation-by-post = 邮寄
invitation-sent-by-post = 登记为已邮寄
invitation-incomplete = 还不能发出：缺少姓名或称呼。
invitation-link-again = 重新发送链接
invitation-letter = 邀请函（PDF）
invitation-letter-facts = 函件信息
invitation-unstated = 以下内容没有函件语言的文本，目前以其他语言印出：{ $what }。请在本届信息中补充。
invitation-enter-answer = 登记答复
invitation-answer = 答复
invitation-no-answer = 尚未收到。
invitation-note = 附言
invitation-channel = 答复方式
invitation-channel-link = 链接答复
invitation-channel-letter = 来函
invitation-channel-telephone = 来电
invitation-incoming = 来文编号
invitation-record = 登记答复
invitation-terms = 名额与邮箱
invitation-quota-now = 现行名额
invitation-quota-now-hint = 立即生效；函件所印名额不变。
invitation-email-now = 接收链接的邮箱
invitation-email-now-hint = 更换邮箱后，先前的链接全部失效，请重新发送链接。
invitation-terms-save = 保存
invitation-history = 办理经过
invitation-event-drafted = 拟写草稿
invitation-event-changed = 修改草稿
invitation-event-sent = 发出邀请函
invitation-event-reminded = 发出催复函
invitation-event-link_sent = 重新发送链接
invitation-event-terms = 调整名额或邮箱
invitation-event-answered = 答复：
contact-title = 代表团联络人
contact-none = 还没有联络人。联络人负责填报人员、提出会见请求和议题。
contact-add = 指定联络人
contact-end = 解除联络人
contact-name = 姓名
contact-name-hint = 以本人写法为准。
contact-email = 电子邮箱
contact-email-hint = 登录链接将发往此邮箱，无需密码。
reply-title = 答复邀请
reply-recorded = 您的答复已登记
reply-change-until = { $day }之前，您可以在此更改答复。
reply-people-n = { $n } 人
reply-letter = 查看邀请函（PDF）
reply-answer = 您的答复
reply-accepted = 应邀出席
reply-accepted_subject = 应邀出席，尚待批准
reply-subject-to = 待何机构批准
reply-substituted = 另派代表率团出席
reply-name = 姓名
reply-office = 职务
reply-regrets = 不能出席，谨致歉意
reply-quota = 代表团名额为 { $n } 人（含团长）。
reply-people = 出席人数
reply-note = 给秘书处的附言
reply-contact = 指定联络人
reply-contact-why = 联络人负责填报代表团人员，并接收日程通知。可以不填。
reply-send = 提交答复
letter-title = 邀请函
letter-reference = 编号：{ $n }
letter-draft = 草稿
letter-invite = 谨代表发起方，诚挚邀请阁下率团出席“{ $title }”。
letter-place = 地点
letter-quota = 代表团名额
letter-people = { $n } 人（含团长）
letter-answer = 敬请于{ $day }前惠复。可通过随函邮件中的链接答复，无需注册；亦可来函或来电告知。
letter-hope = 期待阁下拨冗莅临，共叙城市友谊，共商合作大计。
letter-closing = 顺致崇高敬意！
letter-and = 、
letter-language-zh = 中文
letter-language-ru = 俄文
letter-language-en = 英文
letter-language-fa = 波斯文
mail-invitation-subject = 邀请函（{ $reference }）：{ $title }
mail-invitation =
    { $opening }

    谨代表发起方，诚挚邀请阁下率团出席“{ $title }”。
    { $days }，{ $place }

    邀请函（编号 { $reference }）请见以下链接，并可在该页面直接答复，无需注册：
    { $link }

    敬请于{ $day }前惠复；此后也可通过同一链接更改。持有此链接者即可代贵方答复，请勿转发。

    顺致崇高敬意！
    { $initiators }
mail-reminder-subject = 邀请函（{ $reference }）：敬请惠复
mail-reminder =
    { $opening }

    关于“{ $title }”的邀请函（编号 { $reference }）此前已寄达，我们尚未收到贵方答复。为妥善安排接待，敬请于{ $day }前通过以下链接惠复：
    { $link }

    如贵方复函已经寄出，请不必理会此邮件。

    顺致崇高敬意！
    { $initiators }
mail-contact-subject = 您已被指定为联络人：{ $title }
mail-contact =
    { $name }，您好！

    您已被指定为{ $delegation }代表团的联络人。
    { $title }

    您可以填报代表团人员、提出议题和会见请求。请用本邮箱（{ $email }）登录，系统会发来登录链接，无需密码：
    { $address }

    如有差错，请告知秘书处。
refusal-already-invited = 该代表团已有邀请函，请在列表中查找。
refusal-salutation-missing = 请先填写称呼。
refusal-no-address = 没有电子邮箱，请先填写。
refusal-reply-after-end = 届时活动已经结束，请选择更早的日期。
refusal-reply-link-over = 此链接已失效，请向秘书处索取新链接。
