assignment-title = 我的任务
assignment-none = 日程尚未发布。发布后，您的任务将显示在这里。
assignment-empty = 在已发布的日程中，您没有任务。
assignment-stranger = 译员名单中没有您的邮箱。如有疑问，请与东道城市办公室联系。
assignment-confidential = 双边会见的双方和内容请予保密：除双方、组织方和该会见的译员外，他人不知情。
assignment-with = { $n ->
    [1] 搭档：{ $names }
   *[other] 同组译员：{ $names }
}
assignment-turns = 由您口译：{ $turns }
assignment-sheet = 当日译员单（PDF）：
assignment-back = 返回我的任务
