mail-release-subject = { $edition }: редакция { $number } программы, { $number ->
    [1] { $n ->
        [one] { $n } пункт
        [few] { $n } пункта
        [many] { $n } пунктов
       *[other] { $n } пункта
    }
   *[other] { $n ->
        [one] { $n } изменение
        [few] { $n } изменения
        [many] { $n } изменений
       *[other] { $n } изменения
    }
} для вас
mail-release = Здравствуйте! Опубликована редакция { $number } программы «{ $edition }». Вашей делегации касается следующее:
mail-release-added = Добавлено: { $what }
mail-release-dropped = Отменено: { $what }
mail-release-moved = Перенесено: { $what } (было: { $was })
mail-release-relocated = Другое место: { $what } (было: { $was })
mail-release-amended = Уточнено: { $what }
mail-release-entry = { $title } — { $place }
mail-release-place = { $day }, { $time }, { $hall }, { $venue }
mail-release-more = И ещё { $n }; смотрите программу целиком.
mail-release-see = Полностью: { $address }
mail-release-restaffed = Изменился состав группы: { $what }
mail-assignment-subject = { $edition }: редакция { $number } программы, { $number ->
    [1] { $n ->
        [one] { $n } назначение
        [few] { $n } назначения
        [many] { $n } назначений
       *[other] { $n } назначения
    } для вас
   *[other] { $n ->
        [one] { $n } изменение
        [few] { $n } изменения
        [many] { $n } изменений
       *[other] { $n } изменения
    } в ваших назначениях
}
mail-assignment = Здравствуйте! Опубликована редакция { $number } программы «{ $edition }». { $number ->
    [1] Ваши назначения
   *[other] Изменения в ваших назначениях
} (просим не разглашать):
mail-interpreter-subject = { $title }: ваши назначения переводчика
mail-interpreter = { $name }, здравствуйте! Вы внесены в список переводчиков встречи «{ $title }». Чтобы увидеть свои назначения, войдите по этому адресу электронной почты ({ $email }): { $address }
mail-release-arrival = Прибытие вашей делегации: { $at }
mail-release-excused = Участие не предусмотрено: { $what }
mail-release-departure = Отъезд вашей делегации: { $at }
mail-release-confidential = О двусторонних встречах знают только обе стороны и организаторы; просим не разглашать эти сведения.
