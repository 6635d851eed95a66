meeting-none = Запросов о встречах пока нет.
meeting-none-own = Встреч пока нет. Выберите из предложенных ниже или направьте запрос сами.
meeting-ask = Запросить встречу
meeting-send = Отправить запрос
meeting-choose = Выберите
meeting-on-behalf = От имени:
meeting-as = Чьи встречи показать
meeting-as-show = Показать
meeting-as-all = Все встречи
meeting-confidential = О встрече знают только обе стороны и организаторы; другие делегации её не видят.
meeting-waiting = Ждут вашего ответа
meeting-received = Полученные запросы
meeting-asked = Отправленные запросы
meeting-dropped = Предложенные организаторами и не принятые
meeting-with = С кем
meeting-from = Кто просит
meeting-to = Кого просят
meeting-purpose = Тема
meeting-purpose-hint = Видна обеим сторонам; нужен хотя бы один язык.
meeting-purpose-theme = Обмен опытом по теме «{ $theme }»
meeting-wish = Важность
meeting-wish-must = обязательно
meeting-wish-nice = желательно
meeting-lasts = Длительность
meeting-minutes = Длительность, минут
meeting-minutes-n = { $n } мин
meeting-minutes-countered = { $asked } мин, предложено { $proposed } мин
meeting-state = Состояние
meeting-state-proposed = предложена организаторами
meeting-state-dropped = предложение не принято
meeting-state-requested = запрошена
meeting-state-countered = есть встречное предложение
meeting-state-accepted = согласована
meeting-state-declined = не состоится
meeting-state-withdrawn = отозвана
meeting-state-us = ждёт вашего ответа
meeting-state-them = ждёт ответа другой стороны
meeting-answer-of = Ответ делегации:
meeting-answer-accept = Согласиться
meeting-answer-decline = Отклонить
meeting-answer-withdraw = Отозвать запрос
meeting-answer-counter = Предложить эту длительность
meeting-counter = Другая длительность, минут
meeting-suggested = С кем стоит встретиться
meeting-suggested-none = Пока нет других городов, чьи предложения и запросы совпадают с вашими. Они появятся, когда города внесут их в реестр.
meeting-why-and = ,{" "}
meeting-why-take = Они предлагают то, что вы ищете: { $take }.
meeting-why-give = Они ищут то, что вы предлагаете: { $give }.
meeting-why-both = Они предлагают то, что вы ищете ({ $take }), и ищут то, что вы предлагаете ({ $give }).
meeting-why-words = Слова обеих сторон
meeting-why-offer = Предложение:
meeting-why-need = Запрос:
meeting-mail-requested = Запрос о встрече: { $who }
meeting-mail-accepted = Встреча согласована: { $who }
meeting-mail-declined = Встреча не состоится: { $who }
meeting-mail-countered = Предложена другая длительность встречи: { $who }
meeting-mail-withdrawn = Запрос о встрече отозван: { $who }
meeting-mail-proposed = Организаторы предлагают встречу: { $who }
meeting-mail =
    Здравствуйте!

    { $what }.
    Ваша делегация: { $own }
    { $edition }

    Подробности и ответ (нужен вход):
    { $address }

    Об этом знают только обе стороны и организаторы; пожалуйста, не пересылайте письмо.
refusal-meeting-open = У вас уже есть встреча или запрос с этой делегацией: посмотрите в списке.
meeting-search = Найти по делегации или теме
meeting-none-found = Таких встреч нет.

# Requests from a workbook.
meeting-import = Загрузить запросы из файла
meeting-import-why = Подойдёт список в том виде, как он есть, в том числе прошлых лет: заголовки на китайском, русском или английском, с объединёнными ячейками; в одной ячейке может быть несколько партнёров. Нужны столбцы «Кто просит» и «Кого просят»; тема, длительность, важность и состояние — если они есть. До сохранения видно, что получится.
meeting-import-new = { $n ->
    [one] новый
   *[other] новых
}
meeting-import-known = уже есть или повторяются
meeting-import-known-title = Запросы, которые уже есть или повторяются
meeting-import-clashes = { $n ->
    [one] накладка
    [few] накладки
    [many] накладок
   *[other] накладки
}
meeting-import-clashes-title = Накладки в списке
meeting-import-clashes-why = У одной делегации две встречи в одно время. Время из списка не берётся: его найдёт планирование.
meeting-import-clash = строки { $first } и { $second }
meeting-import-more = И ещё { $n }.
meeting-import-unsaid = по выбору ниже
meeting-import-otherwise = Запросы, состояние которых в списке не указано
meeting-import-requested = ждут ответа другой стороны; ей будет сообщено
meeting-import-accepted = обе стороны уже согласны; войдут в план
meeting-import-purpose = двусторонняя встреча
refusal-meeting-side-missing = Не указано, кто просит или кого просят.
refusal-meeting-length-unread = Длительность «{ $said }» не прочитана. Укажите её в минутах, например 30.
refusal-delegation-unknown = Делегации «{ $said }» на этой встрече нет. Сначала добавьте её или исправьте название.
refusal-delegation-several = Название «{ $said }» носит не одна делегация. Напишите его полностью.

# Proposed by the office for all delegations at once.
meeting-proposal = Предлагаемые встречи
meeting-proposal-why = Пары делегаций, в которых одна предлагает то, что ищет другая. Они подобраны так, чтобы никто не оказался обделён. Пары, между которыми запрос уже был, чем бы он ни закончился, повторно не предлагаются. Эту страницу видят только организаторы.
meeting-proposal-most = Новых встреч у одной делегации, не более
meeting-proposal-most-hint = Число от 1 до 8.
meeting-proposal-show = Подобрать
meeting-proposal-pairs =
    { $n ->
        [one] пара предложена
        [few] пары предложены
       *[other] пар предложено
    }
meeting-proposal-reached =
    { $n ->
        [one] делегация хотя бы с одной встречей; подходящие пары есть у { $of }
        [few] делегации хотя бы с одной встречей; подходящие пары есть у { $of }
       *[other] делегаций хотя бы с одной встречей; подходящие пары есть у { $of }
    }
meeting-proposal-fewest = наименьшее число у одной делегации
meeting-proposal-largest = наибольшее число у одной делегации
meeting-proposal-none = Предложить некого: среди делегаций, которым ещё предстоит встретиться, нет таких, чтобы одна предлагала то, что ищет другая. Предложения и запросы вносятся на страницах городов.
meeting-proposal-pair = Делегации
meeting-proposal-reason = Основание
meeting-proposal-language = Общий язык
meeting-proposal-apart = нет, нужен перевод
meeting-proposal-tied = Это города-побратимы или города дружественных обменов.
meeting-proposal-told = Обеим сторонам будет сообщено, что встречу предлагают организаторы. Запрос считается исходящим от стороны, согласившейся первой; другая отвечает.
meeting-proposal-ask = Отправить отмеченные запросы
meeting-proposal-done = 
    { $n ->
        [0] Запросы не отправлены.
        [one] Отправлен { $n } запрос; сообщено контактным лицам сторон, если они указаны.
        [few] Отправлены { $n } запроса; сообщено контактным лицам сторон, если они указаны.
       *[other] Отправлено { $n } запросов; сообщено контактным лицам сторон, если они указаны.
    }
meeting-proposal-passed =
    { $n ->
        [one] Пропущена { $n } пара: у неё уже есть запрос, или она больше не подходит.
        [few] Пропущены { $n } пары: у них уже есть запрос, или они больше не подходят.
       *[other] Пропущено { $n } пар: у них уже есть запрос, или они больше не подходят.
    }
meeting-reason-take = { $to } предлагает то, что ищет { $from }: { $take }.
meeting-reason-give = { $to } ищет то, что предлагает { $from }: { $give }.
meeting-reason-both = { $to } предлагает то, что ищет { $from } ({ $take }), и ищет то, что { $from } предлагает ({ $give }).
refusal-meeting-proposal-unticked = Не отмечено ни одной пары. Отметьте тех, кому направить запросы.
meeting-import-done = Список сохранён: новых запросов — { $added }, уже есть или повторяются — { $known }, не взято строк — { $untaken }.
meeting-import-no-heading = Столбцы «Кто просит» и «Кого просят» не распознаны. Укажите строки заголовка и что стоит в каждом столбце, затем проверьте снова.
meeting-import-strangers-hint = Делегаций с такими названиями на этой встрече нет. Выберите, какая делегация имеется в виду (ответ действует для всех строк с этим названием), или пропустите эти строки ниже; затем проверьте снова.
meeting-import-twin = повторяет строку { $row }
meeting-import-there = уже есть встреча:
meeting-import-remarks = Слова этих столбцов сохраняются вместе со встречей как служебное примечание; его видят только организаторы:
meeting-remark = Служебное примечание
meeting-remark-hint = Видят только организаторы, сторонам оно не показывается.
meeting-column-aside = Не брать
meeting-column-from = Кто просит
meeting-column-to = Кого просят
meeting-column-purpose = Тема
meeting-column-wish = Важность
meeting-column-minutes = Длительность
meeting-column-state = Состояние
meeting-column-start = Время
meeting-column-remark = Служебное примечание
