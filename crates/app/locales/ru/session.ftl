session-none = Мероприятий пока нет. Добавьте открытие, форумы, поездки, обеды и ужины; место и время для них найдёт план.
session-new = Добавить мероприятие
session-save = Сохранить мероприятие
session-find = Найти мероприятие
session-count = { $n ->
    [one] { $n } мероприятие
    [few] { $n } мероприятия
    [many] { $n } мероприятий
   *[other] { $n } мероприятия
}
session-title = Название
session-kind = Вид
session-kind-any = Все виды
session-kind-opening = Церемония открытия
session-kind-plenary = Пленарное заседание
session-kind-forum = Параллельный форум
session-kind-roundtable = Круглый стол мэров
session-kind-matching = Деловые контакты
session-kind-culture = Культурное мероприятие
session-kind-visit = Ознакомительная поездка
session-kind-meal = Обед или ужин
session-kind-signing = Подписание
session-kind-press = Встреча с прессой
session-kind-working_group = Рабочая группа
session-kind-closing = Церемония закрытия
session-minutes = Продолжительность, минут
session-people = Ожидается человек
session-people-hint = Столько должен вмещать зал.
session-attendance = Кто участвует
session-attendance-everyone = Все делегации
session-attendance-delegations = Только отмеченные ниже делегации
session-everyone = Все
session-delegations = Делегации
session-delegations-hint = Учитывается, только если выбрано «Только отмеченные ниже делегации».
session-delegations-count = { $n ->
    [one] { $n } делегация
    [few] { $n } делегации
    [many] { $n } делегаций
   *[other] { $n } делегации
}
session-languages = Языки
session-languages-hint = На которых говорят и на которые переводят. В зале с местами нужна кабина для каждого языка, кроме первого.
session-halls = Залы
session-halls-hint = Отметьте залы, где мероприятие может проходить. Если ничего не отмечено — любой зал или переговорная достаточного размера.
session-hall-capacity = (на { $n } чел.)
session-any-hall = Любой подходящий
session-days = Дни
session-days-hint = Отметьте дни, в которые мероприятие может пройти. Если ничего не отмечено — в любой день.
session-any-day = Любой день
session-when = Когда
session-fixed = Заданное начало
session-fixed-hint = Только если время уже решено. Оно важнее отмеченных дней и может выходить за рабочие часы.
session-after = После
session-after-hint = Мероприятия, которые должны закончиться до начала этого.
session-delete = Удалить мероприятие
session-delete-title = Удалить «{ $title }»?
session-delete-why = Мероприятие исчезнет из следующего проекта программы и из порядка других мероприятий. Уже опубликованная программа не изменится.
session-delete-yes = Удалить
session-delete-no = Оставить
refusal-five-minutes = Укажите начало с точностью до пяти минут, например 09:00 или 09:05.
refusal-after-circle = Эти мероприятия ждут друг друга по кругу. Снимите одну из отметок.
refusal-outside-edition = Этот день не входит в дни проведения.
refusal-halls-too-small = Ни один из этих залов не вмещает столько людей. Отметьте зал больше или исправьте число.
refusal-halls-lack-booths = { $need ->
    [1] Ни в одном из этих залов нет кабины перевода. Отметьте другой зал или исправьте языки.
   *[other] Ни в одном из этих залов нет нужного числа кабин перевода ({ $need }). Отметьте другой зал или исправьте языки.
}
