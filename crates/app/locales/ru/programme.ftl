programme-title = Программа
programme-none = Программа ещё не опубликована. Она появится здесь, и секретариат известит участников.
programme-nothing = Таких мероприятий нет. Измените условия отбора.
programme-no-draft = Проекта программы ещё нет. Сначала составьте план.
programme-release-of = Редакция { $number } от { $at }
programme-release-number = Редакция { $number }
programme-zone = Время местное ({ $zone }).
programme-newer = Это не последняя редакция программы.
programme-newest = Открыть последнюю
programme-kind = Вид
programme-kind-any = Все виды
programme-tongue = Язык
programme-tongue-any = Все языки
programme-filter = Отобрать
programme-days = Дни
programme-day = День
programme-from = Начало
programme-until = Окончание
programme-entry = Мероприятие
programme-hall = Зал
programme-venue = Площадка
programme-bilateral = Двусторонняя встреча
programme-releases = Все редакции
programme-pdf = Программа в PDF:
programme-delegations = Делегации в установленном порядке
programme-delegation = Делегация
programme-leader = Глава делегации
programme-office = Должность
programme-changes = Изменения
programme-changes-see = Что изменилось
programme-changes-from = Было
programme-changes-to = Стало
programme-changes-nothing = (ничего)
programme-changes-none = Между этими редакциями нет изменений, открытых вам.
programme-changes-count = { $n ->
    [one] { $n } изменение
    [few] { $n } изменения
    [many] { $n } изменений
   *[other] { $n } изменения
}
programme-compare = Сравнить
programme-draft = Проект
programme-change-added = Добавлено
programme-change-dropped = Отменено
programme-change-moved = Перенесено
programme-change-relocated = Другое место
programme-change-amended = Уточнено
programme-change-was = Было:
programme-release = Опубликовать программу
programme-release-do = Опубликовать и известить участников
programme-note = Пояснение к редакции
programme-note-hint = Необязательно. Видно всем; не упоминайте двусторонние встречи.
programme-figure-number = номер новой редакции
programme-figure-entries = { $n ->
    [one] мероприятие
    [few] мероприятия
    [many] мероприятий
   *[other] мероприятия
}
programme-figure-changes = { $n ->
    [one] изменение
    [few] изменения
    [many] изменений
   *[other] изменения
}
programme-warn-clashes = { $n ->
    [one] { $n } место в проекте больше не отвечает правилам. Сначала проверьте план.
    [few] { $n } места в проекте больше не отвечают правилам. Сначала проверьте план.
    [many] { $n } мест в проекте больше не отвечают правилам. Сначала проверьте план.
   *[other] { $n } места в проекте больше не отвечают правилам. Сначала проверьте план.
}
programme-warn-unplaced = { $n ->
    [one] { $n } мероприятие осталось без места и времени и в программу не войдёт.
    [few] { $n } мероприятия остались без места и времени и в программу не войдут.
    [many] { $n } мероприятий остались без места и времени и в программу не войдут.
   *[other] { $n } мероприятия остались без места и времени и в программу не войдут.
}
programme-warn-gone = { $n ->
    [one] { $n } пункт проекта уже отменён и в программу не войдёт.
    [few] { $n } пункта проекта уже отменены и в программу не войдут.
    [many] { $n } пунктов проекта уже отменены и в программу не войдут.
   *[other] { $n } пункта проекта уже отменены и в программу не войдут.
}
programme-draft-moved = Пока вы смотрели, проект или программа изменились. Ниже — то, что есть сейчас; проверьте и опубликуйте ещё раз.
refusal-release-unchanged = Проект не отличается от опубликованной программы: новая редакция не нужна.
refusal-release-no-draft = Проекта программы ещё нет.
refusal-pdf-not-built = В этой сборке нет печати в PDF. Обратитесь к администратору или напечатайте саму страницу.
refusal-pdf-not-for-archives = Этот документ нельзя представить в форме для архивного хранения (PDF/A), поэтому он не создан. Возьмите файл Word или веб-страницу и сообщите администратору: причина указана в журнале.
refusal-pdf-fonts-missing = На сервере нет шрифтов для языков: { $languages }. Обратитесь к администратору.
programme-sheets = Что распечатать
programme-change-without = Без участия:
programme-change-restaffed = Другие переводчики
programme-change-teams = Переводчики: { $now } (были: { $was })
programme-changes-dropped = Отменено
programme-changes-moved = Перенесено
programme-changes-relocated = Другое место
programme-changes-added = Добавлено
programme-changes-amended = Уточнено
programme-changes-restaffed = Только замена переводчиков
programme-stays = Пункты программы не меняются. Меняются поездки или участие делегаций:
programme-warn-regrets = Эти делегации ответили отказом, но для них по-прежнему предусмотрены участие в программе, место в протокольном порядке и автомобили. Если они не приедут, отметьте это на их странице.
