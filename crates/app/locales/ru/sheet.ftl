sheet-save = Сохранить список:
sheet-title = Что распечатать для редакции { $number }
sheet-lead = Каждый лист открывается в формате PDF на китайском, русском или английском языке. Передайте его тем, кому он нужен: на листах залов и водителей стороны двусторонних встреч не названы.
sheet-none = На этот день ничего не назначено.
sheet-notice-public = Общие мероприятия
sheet-notice-public-none = Общие мероприятия проходят, как в прежней редакции: изменений нет.
sheet-notice-own-none = Ваша программа осталась прежней: изменений нет.
sheet-changed = изменено
sheet-notice = Извещение об изменениях
sheet-notice-why = Для всех, чтобы вывесить: только общие мероприятия.
sheet-notice-own = Извещение об изменениях:
sheet-delegations = Кого это касается
sheet-delegations-none = Ни у одной делегации расписание не отличается от предыдущей редакции.
sheet-halls = Залы
sheet-halls-why = День каждого зала: что проходит, на сколько человек, на каких языках. Двусторонняя встреча указана без названия сторон.
sheet-hall = Лист зала
sheet-transfers = Водители
sheet-transfers-why = Переезды между площадками, по странице на делегацию.
sheet-transfer = Переезды
sheet-people = { $n ->
    [one] { $n } человек
    [few] { $n } человека
    [many] { $n } человек
   *[other] { $n } человека
}
sheet-booths = { $n ->
    [one] { $n } кабина
    [few] { $n } кабины
    [many] { $n } кабин
   *[other] { $n } кабины
}
sheet-from = откуда: { $venue }
sheet-free-from = предыдущее заканчивается в { $time }
sheet-be-there = быть на месте к { $time }
sheet-leave = до { $time }
sheet-road = { $n ->
    [one] { $n } минута в пути
    [few] { $n } минуты в пути
    [many] { $n } минут в пути
   *[other] { $n } минуты в пути
}
sheet-back = Обратно
sheet-arrival = Прибытие
sheet-departure = Отъезд
sheet-interpreters = Переводчики
sheet-interpreters-why = День каждого переводчика, по странице на человека; о сторонах встречи знает только её переводчик. Старший переводчик печатает листы всей группы или одного человека.
sheet-interpreters-all = Вся группа:
sheet-interpreter = Лист переводчика
