coverage-title = Обеспеченность переводом
coverage-no-roster = В списке пока нет переводчиков. После их добавления здесь будет видно, чем обеспечено каждое мероприятие.
coverage-not-planned = План пока не назначает переводчиков. Когда список будет полон, включите это в правилах.
coverage-no-plan = Проекта пока нет. После составления плана здесь будет видно, кто где переводит.
coverage-all = всего с переводом
coverage-staffed = обеспечено
coverage-short = с нехваткой
coverage-waived = с отступлением от правил
coverage-show-all = Показать все
coverage-activity = Мероприятие
coverage-when = Время и место
coverage-languages = Языки
coverage-needs = Требуется
coverage-team = Переводчики
coverage-missing = Нехватка и отступления
coverage-relays = Через третий язык
coverage-relay = через третий язык: { $path }
coverage-unplaced = Нет места
coverage-whole = обеспечено
coverage-lack = нехватка
coverage-waiver = отступление
coverage-unrecorded = { $n ->
    [one] { $n } человек не давал согласия на запись
    [few] { $n } человека не давали согласия на запись
    [many] { $n } человек не давали согласия на запись
   *[other] { $n } человека не давали согласия на запись
}
coverage-unrecorded-title = Без согласия на запись, чел.
