mail-release-subject = { $edition }：日程第{ $number }版，{ $number ->
    [1] 您有{ $n }项安排
   *[other] 与您有关的变更{ $n }项
}
mail-release = 您好！{ $edition }的日程已发布第{ $number }版。与贵代表团有关的内容如下：
mail-release-added = 新增：{ $what }
mail-release-dropped = 取消：{ $what }
mail-release-moved = 改期：{ $what }（原为{ $was }）
mail-release-relocated = 换地点：{ $what }（原为{ $was }）
mail-release-amended = 修改：{ $what }
mail-release-entry = { $title }，{ $place }
mail-release-place = { $day } { $time }，{ $hall }，{ $venue }
mail-release-more = 另有{ $n }项，请查看完整日程。
mail-release-see = 完整日程：{ $address }
mail-release-restaffed = 搭档或分工变更：{ $what }
mail-assignment-subject = { $edition }：第{ $number }版日程，{ $number ->
    [1] 您有{ $n }项任务
   *[other] 您的任务有{ $n }处变动
}
mail-assignment = 您好！“{ $edition }”第{ $number }版日程已发布。{ $number ->
    [1] 您的口译任务如下
   *[other] 您的口译任务有如下变动
}，请予保密：
mail-interpreter-subject = { $title }：您的口译任务
mail-interpreter = { $name }，您好！您已列入“{ $title }”的译员名单。请用此邮箱（{ $email }）登录查看您的任务：{ $address }
mail-release-arrival = 贵代表团抵达时间：{ $at }
mail-release-excused = 不安排出席：{ $what }
mail-release-departure = 贵代表团离会时间：{ $at }
mail-release-confidential = 双边会见仅限会见双方和组织者知悉，请予保密。
