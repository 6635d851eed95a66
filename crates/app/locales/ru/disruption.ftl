disruption-lead = После публикации программы что-то случилось? Сообщите, что именно. Вам предложат два-три варианта; уже начавшееся остаётся, и ничего не меняется, пока вы не выберете.
disruption-no-release = Программа ещё не опубликована. До публикации измените проект и составьте план заново.
disruption-draft = Есть проект, который ещё не выпущен. Варианты ниже исходят из выпущенной программы; выбранный заменит этот проект.
disruption-said = Что случилось?
disruption-said-example = Своими словами, например: «Бишкек опаздывает на три часа», «Уфа не приедет» или «переводчик Толмачёв заболел».
disruption-not-understood = Понять не удалось. Назовите одну делегацию и время опоздания либо одного переводчика или выберите ниже, что случилось.
disruption-show = Показать варианты
disruption-choose = Или выберите, что случилось
disruption-kind-late = Делегация опаздывает
disruption-about-late = То, что она пропускает, переносится или отменяется; форумы её не ждут.
disruption-kind-hall = Зал недоступен
disruption-about-hall = На несколько часов или совсем; то, что должно было пройти в нём, переходит в другое место.
disruption-kind-busy = Делегация занята
disruption-about-busy = Несколько часов рассчитывать на неё нельзя.
disruption-kind-withdrawn = Делегация отказывается от участия
disruption-about-withdrawn = Её ещё не начавшиеся встречи отпадают; всё остальное остаётся на своих местах.
disruption-kind-longer = Мероприятие продлевается
disruption-about-longer = Следующее за ним переносится, если это необходимо.
disruption-kind-meeting = Новая встреча
disruption-about-meeting = Две делегации договорились о встрече; ей найдут место, по возможности никого не потревожив.
disruption-pick = — Выберите —
disruption-delegation = Делегация
disruption-hours = Опоздание, часов
disruption-hours-hint = Например, 3, 2,5 или 3:20; считая от заявленного прибытия.
disruption-arrival = Или новое время прибытия
disruption-arrival-hint = Вместо часов; по местному времени принимающего города.
disruption-hall = Зал
disruption-session = Мероприятие
disruption-side = Одна делегация
disruption-to = Другая делегация
disruption-from = С
disruption-until = До
disruption-minutes = Новая продолжительность, в минутах
disruption-begun = Что уже началось
disruption-at = Сохранить то, что начинается раньше
disruption-at-hint = Начавшееся к этому времени остаётся как есть. Если не указано — к текущему моменту.
disruption-again = Изменить сообщение
disruption-answered = Что было до сих пор
disruption-noted = принято к сведению
disruption-stays = Всё, что начинается раньше { $at }, остаётся как есть.
disruption-none = Варианта, соблюдающего все правила, не нашлось. Устраните то, что мешает, и составьте план заново.
disruption-told-late = { $name }: прибытие { $at }.
disruption-told-hall = Нельзя использовать: { $name }, { $span }.
disruption-told-busy = { $name }: делегация занята { $span }.
disruption-told-withdrawn = { $name }: делегация больше не участвует.
disruption-told-longer = «{ $name }» продлится { $n ->
    [one] { $n } минуту
    [few] { $n } минуты
    [many] { $n } минут
   *[other] { $n } минуты
}.
disruption-told-meeting = { $name } и { $other }: делегации договорились о встрече.
disruption-way = Вариант { $number }
disruption-holds = Программа сохраняется: переносить ничего не нужно
disruption-moves-meetings = { $n ->
    [one] переносится { $n } встреча
    [few] переносятся { $n } встречи
    [many] переносятся { $n } встреч
   *[other] переносятся { $n } встречи
}
disruption-moves-sessions = { $n ->
    [one] переносится { $n } мероприятие
    [few] переносятся { $n } мероприятия
    [many] переносятся { $n } мероприятий
   *[other] переносятся { $n } мероприятия
}
disruption-drops-meetings = { $n ->
    [one] отменяется { $n } встреча
    [few] отменяются { $n } встречи
    [many] отменяются { $n } встреч
   *[other] отменяются { $n } встречи
}
disruption-drops-sessions = { $n ->
    [one] отменяется { $n } мероприятие
    [few] отменяются { $n } мероприятия
    [many] отменяются { $n } мероприятий
   *[other] отменяются { $n } мероприятия
}
disruption-adds = { $n ->
    [one] добавляется { $n } встреча
    [few] добавляются { $n } встречи
    [many] добавляются { $n } встреч
   *[other] добавляются { $n } встречи
}
disruption-amends = { $n ->
    [one] { $n } мероприятие проходит в меньшем составе
    [few] { $n } мероприятия проходят в меньшем составе
    [many] { $n } мероприятий проходят в меньшем составе
   *[other] { $n } мероприятия проходят в меньшем составе
}
disruption-concerns = { $n ->
    [one] касается { $n } делегации
   *[other] касается { $n } делегаций
}
disruption-more = и ещё { $n }
disruption-note = Принять к сведению
disruption-release = Выбрать: опубликовать и известить тех, кого это касается
disruption-draft-it = Выбрать: сделать проектом, который опубликует секретариат
disruption-moved = Обстановка только что изменилась. Вот варианты на данный момент.
refusal-withdrawn-already = Эта делегация уже отказалась от участия.
refusal-arrives-after-leaving = Это позже отъезда делегации. Если она не приедет вовсе, укажите, что она отказывается от участия.
refusal-same-length = Эта продолжительность уже стоит в плане.
refusal-arrival-unknown = Время прибытия не было заявлено: укажите новое прибытие вместо часов.
refusal-delay = Укажите опоздание в часах, например 3, 2,5 или 3:20; не более 72.
refusal-situation-moved = Кто-то только что изменил программу или её исходные данные. Запросите варианты ещё раз: теперь они могут быть другими.
disruption-kind-interpreter = Переводчик не может работать
disruption-about-interpreter = Его заменяют другие; встречи, которые некому переводить, переносятся или отменяются.
disruption-interpreter = Переводчик
disruption-interpreter-when = Если время не указано — с сегодняшнего дня и до конца.
disruption-told-interpreter = { $name }: работать не может, { $span }.
disruption-restaffs = { $n ->
    [one] на { $n } мероприятии меняются переводчики
    [few] на { $n } мероприятиях меняются переводчики
    [many] на { $n } мероприятиях меняются переводчики
   *[other] на { $n } мероприятиях меняются переводчики
}
disruption-interpreters = { $n ->
    [one] касается { $n } переводчика
    [few] касается { $n } переводчиков
    [many] касается { $n } переводчиков
   *[other] касается { $n } переводчиков
}
