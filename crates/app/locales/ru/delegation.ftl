delegation-none = Делегаций пока нет. Они появятся здесь, когда города примут приглашения.
delegation-mine = Моя делегация
delegation-party = Делегация
delegation-place = Место
delegation-rank = Уровень
delegation-rank-head = Первое лицо
delegation-rank-deputy = Заместитель первого лица
delegation-rank-official = Официальное лицо
delegation-rank-expert = Эксперт
delegation-rank-business = Представитель деловых кругов
delegation-rank-media = Представитель СМИ
delegation-rank-companion = Сопровождающий
delegation-head = Должность главы
delegation-head-open = Пока не сообщена
delegation-people = Состав
delegation-quota = Квота
delegation-languages = Рабочие языки
delegation-arrival = Прибытие
delegation-arrival-hint = По местному времени встречи, например 17 мая 2027 г., 20:10.
delegation-departure = Отъезд
delegation-attends = Участие
delegation-attends-yes = Участвует
delegation-attends-no = Делегация больше не участвует.
delegation-busy = Занята
delegation-busy-hint = Снимите отметку, если это больше не так.
delegation-stay = Пребывание и языки
delegation-city = Город
delegation-edit = Изменить пребывание и языки
delegation-save = Сохранить
delegation-not-yours = Состав и сроки пребывания видят только сама делегация и организаторы.
delegation-by-hand = место назначено
delegation-order = Протокольное старшинство
delegation-order-alphabet = Сначала по уровню, внутри уровня — по названию { $lang }.
delegation-order-lots = Сначала по уровню, внутри уровня — по жребию.
delegation-order-by-hand = Назначить место
delegation-order-whom = Делегация
delegation-order-place = Место
delegation-order-place-hint = Счёт с 1. Остальные делегации сдвигаются.
delegation-order-reason = Причина
delegation-order-reason-hint = Хранится вместе с порядком, её видят только организаторы.
delegation-order-save = Сохранить место
delegation-order-undo = Вернуть место по правилу
delegation-lists = Общие списки
delegation-lists-why = Загрузите все делегации с их составом из своей таблицы или сохраните их одной таблицей. Видно только организаторам.
delegation-import = Загрузить делегации и состав
delegation-import-shapes = Подойдёт любой вид: люди под названием своей делегации, строка на каждую делегацию или отдельный лист на каждую.
delegation-import-new = Городу реестра, у которого делегации ещё нет, она будет создана; приглашений при этом никто не получает.
delegation-import-done = Список сохранён: создано делегаций — { $formed }, изменено делегаций — { $altered }, добавлено людей — { $added }, изменено записей о людях — { $changed }.
delegation-import-formed = { $n ->
    [one] делегация будет создана
    [few] делегации будут созданы
    [many] делегаций будет создано
   *[other] делегации будет создано
}
delegation-import-altered = { $n ->
    [one] делегация будет изменена
    [few] делегации будут изменены
    [many] делегаций будет изменено
   *[other] делегации будет изменено
}
delegation-import-added = { $n ->
    [one] человек будет добавлен
    [few] человека будут добавлены
    [many] человек будет добавлено
   *[other] человека будет добавлено
}
delegation-import-changed = { $n ->
    [one] запись о человеке будет изменена
    [few] записи о людях будут изменены
    [many] записей о людях будет изменено
   *[other] записи о людях будет изменено
}
delegation-import-delegations = Делегации
delegation-import-stays = без изменений
delegation-import-alter = изменяется
delegation-import-new-one = создаётся
delegation-import-people = { $n ->
    [one] { $n } человек
    [few] { $n } человека
   *[many] { $n } человек
}
delegation-import-strangers = Неизвестные названия
delegation-import-strangers-hint = Это не города реестра и не известные организации. Укажите, как они называются в реестре, или отметьте те, что являются организациями и должны получить делегацию; затем проверьте ещё раз.
delegation-import-means = Как называется в реестре
delegation-import-new-body = Это организация, создать её делегацию
refusal-order-moved = Кто-то только что изменил настройки встречи. Выше — нынешний порядок; если изменение ещё нужно, сохраните снова.
refusal-party-unknown = «{ $said }» — не город реестра и не известная организация. Исправьте название, отметьте его ниже как организацию или пропустите строку.
refusal-party-several = Название «{ $said }» носит не один город или организация. Напишите его полностью.
refusal-party-missing = Не указано, чья это делегация.
refusal-delegation-withdrawn = Эта делегация больше не участвует. Сначала отметьте на её странице, что она участвует, или пропустите строку.
refusal-delegation-gone = Эта делегация больше не участвует.
refusal-over-quota-office = Квота — { $most } чел. Увеличьте её на странице делегации или в столбце «Квота» либо пропустите строку.
refusal-day-without-time = «{ $said }»: час не назван, поэтому время прибытия или отъезда самой делегации пока не записано.
refusal-stay-hour = «{ $said }»: час не назван, а у делегации записан другой день. Допишите час, например 17.05 14:30, или очистите ячейку: тогда останется записанное.
refusal-stay-differs = «{ $said }»: в строке { $row } для этой же делегации названо другое время. Исправьте одну из двух ячеек или очистите её.
refusal-level-differs = Уровень главы делегации не совпадает с уровнем делегации в строке { $row }. Исправьте одну из двух ячеек: от уровня зависит место делегации в протокольном порядке.
refusal-level-unsaid = Ни список, ни должность нового главы не называют его категорию: уровень делегации оставлен прежним. Проверьте его.
