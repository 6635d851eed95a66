sheet-save = Сохранить список:
sheet-title = Что распечатать для редакции { $number }
sheet-lead = Каждый лист открывается в формате PDF на китайском, русском или английском языке. Передайте его тем, кому он нужен: на листах залов и водителей стороны двусторонних встреч не названы.
sheet-none = На этот день ничего не назначено.
sheet-notice-public = Общие мероприятия
sheet-notice-public-none = Общие мероприятия проходят так же, как в прежней редакции: изменений нет.
sheet-notice-own-none = Ваша программа — та же, что в прежней редакции: изменений нет.
sheet-changed = изменено
sheet-notice = Извещение об изменениях
sheet-notice-why = Чтобы вывесить для всех: только общие мероприятия.
sheet-notice-needless = Общие мероприятия не изменились: вывешивать нечего.
sheet-released = Редакция { $number } опубликована: { $at }. Всем, кого она касается, направлены извещения по почте.
sheet-notice-own = Извещение об изменениях:
sheet-delegations = Кого это касается
sheet-delegations-none = Ни у одной делегации программа не изменилась по сравнению с прежней редакцией.
sheet-halls = Залы
sheet-halls-why = День каждого зала: что проходит, на сколько человек рассчитано и сколько заявлено, на каких языках, что изменилось. Двусторонняя встреча указана без названия сторон.
sheet-hall = Лист зала
sheet-transfers = Водители
sheet-transfers-why = По странице на делегацию: встреча, переезды между площадками, проводы. Рейс, гостиница, машина и водитель вписываются от руки.
sheet-transfer = Переезды
sheet-booths = { $n ->
    [one] { $n } кабина
    [few] { $n } кабины
    [many] { $n } кабин
   *[other] { $n } кабины
}
sheet-free-from = предыдущее заканчивается в { $time }
sheet-be-there = быть на месте к { $time }
sheet-leave = выезд до { $time }
sheet-road = { $n ->
    [one] { $n } минута в пути
    [few] { $n } минуты в пути
    [many] { $n } минут в пути
   *[other] { $n } минуты в пути
}
sheet-back = К месту проживания
sheet-arrival = Прибытие
sheet-departure = Отъезд
sheet-interpreters = Переводчики
sheet-interpreters-why = День каждого переводчика, по странице на человека; о сторонах встречи знает только её переводчик. Старший переводчик печатает листы всей группы или одного человека.
sheet-interpreters-all = Вся группа:
sheet-interpreter = Лист переводчика
sheet-planned = { $n ->
    [one] рассчитано на { $n } человека
    [few] рассчитано на { $n } человек
    [many] рассчитано на { $n } человек
   *[other] рассчитано на { $n } человека
}
sheet-filed = { $n ->
    [one] заявлен { $n } человек ({ $sides })
    [few] заявлено { $n } человека ({ $sides })
    [many] заявлено { $n } человек ({ $sides })
   *[other] заявлено { $n } человека ({ $sides })
}
sheet-of-delegations = { $n ->
    [one] { $n } делегация
    [few] { $n } делегации
    [many] { $n } делегаций
   *[other] { $n } делегации
}
sheet-over-capacity = Внимание: заявлено больше, чем вмещает зал ({ $n }).
sheet-over-plan = Внимание: заявлено больше, чем рассчитано.
sheet-seats = { $n ->
    [one] не менее { $n } места
    [few] не менее { $n } мест
    [many] не менее { $n } мест
   *[other] не менее { $n } места
}
sheet-side-by-side = { $n ->
    [one] { $n } двусторонняя встреча
    [few] { $n } двусторонние встречи одновременно
    [many] { $n } двусторонних встреч одновременно
   *[other] { $n } двусторонней встречи одновременно
}
sheet-number-of = № { $number } из { $of }
sheet-at-once = сразу после предыдущего, без перерыва
sheet-moved-away = Перенесено отсюда
sheet-there = быть к { $time }
sheet-terminal = аэропорт или вокзал
sheet-lodging = место проживания
sheet-stay-changed = Изменено
sheet-departs = рейс или поезд в { $time }
sheet-blank-flight = Рейс или поезд:
sheet-blank-car = Машина, номер:
sheet-blank-driver = Водитель, телефон:
sheet-blank-hotel = Гостиница:
sheet-blank-liaison = Сопровождающий, телефон:
sheet-blank-leave = Время выезда:
sheet-dispatch = Сводная таблица поездок
sheet-dispatch-why = Сводная таблица для диспетчера: поездки всех делегаций по времени, с местом для номера машины и водителя.
sheet-dispatch-lead = Для диспетчера. Не вывешивать.
sheet-head-time = Время
sheet-head-whose = Делегация
sheet-head-way = Поездка
sheet-head-car = Машина, водитель
sheet-transfer-own = Переезды:
sheet-notice-number = Извещение № { $n }
sheet-signature = Подпись:
sheet-languages-were = прежние языки: { $was }
sheet-interpreter-new = Переводчики: { $now }
