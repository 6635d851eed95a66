edition-list = Встречи диалога
edition-search = Найти встречу по названию или городу
edition-none = Встреч пока нет. Когда секретариат объявит встречу, здесь появятся даты, принимающий город и программа.
edition-open = Объявить встречу
edition-edit = Изменить сведения о встрече
edition-save = Сохранить
edition-host = Принимающий город
edition-host-hint = Начните вводить название на любом языке и выберите из подсказок.
edition-days = Даты
edition-mode = Формат
edition-mode-in_person = Очно
edition-mode-online = По видеосвязи
edition-mode-hybrid = Очно и по видеосвязи
edition-mode-emergency = Экстренно, по видеосвязи
edition-languages = Языки встречи
edition-languages-hint = Китайский и русский — официальные языки, остальные — рабочие.
edition-initiators = Инициаторы
edition-initiators-hint = Каждая строка печатается в шапке приглашений на языке письма.
edition-initiator = Строка { $n }
edition-precedence = Протокольный порядок
edition-precedence-hint = Единый порядок для списков, выступлений, рассадки и подписей: сначала по рангу, затем — как выбрано здесь.
edition-order = По рангу, затем { $rule }
edition-order-zh = по названию на китайском языке (пиньинь)
edition-order-ru = по названию на русском языке (алфавит)
edition-order-en = по названию на английском языке (алфавит)
edition-order-lots = по жребию
edition-zone = Часовой пояс
edition-zone-hint = Всё время указывается в этом поясе. Оставьте пустым, чтобы взять пояс принимающего города, например Asia/Shanghai.
edition-series = Цикл встреч
edition-series-new = Новый цикл
edition-series-name = Название нового цикла
edition-title = Название
edition-title-hint = Так, как его дают инициаторы на каждом языке.
edition-first-day = Первый день
edition-last-day = Последний день
edition-call = Приём тем
edition-call-make = Объявить приём тем
edition-call-edit = Изменить условия приёма тем
edition-call-open = Идёт приём тем
edition-call-from = Темы принимаются с { $day }
edition-call-until = Темы принимаются по { $day } включительно.
edition-call-over = Приём тем закончился { $day }
edition-call-topics = Предложенные темы
edition-brief = Что предлагается городам
edition-opens = Первый день приёма
edition-closes = Последний день приёма
edition-yours = Что вы можете сделать
edition-your-delegation = Ваша делегация
edition-your-delegation-why = Внесите участников и следите за списком.
edition-your-topic-why = Предложите, что обсудить городам; другие могут поддержать.
edition-your-meetings-why = Запросите двусторонние встречи и ответьте на запросы. Их видят только обе стороны и организаторы.
edition-work = Ход подготовки
edition-step-topics =
    { $all ->
        [0] Тем пока нет
        [one] { $all } тема
        [few] { $all } темы
       *[many] { $all } тем
    }{ $undecided ->
        [0] {""}
       *[other] ; ждут решения: { $undecided }
    }
edition-step-invitations =
    { $all ->
        [0] Приглашений пока нет
       *[other] Всего { $all }, отправлено { $sent }, ответов { $answered }
    }
edition-step-delegations =
    { $delegations ->
        [one] { $delegations } делегация
        [few] { $delegations } делегации
       *[many] { $delegations } делегаций
    }, внесено { $people } чел.
edition-step-meetings =
    { $n ->
        [0] Запросов пока нет
        [one] { $n } запрос
        [few] { $n } запроса
       *[many] { $n } запросов
    }
edition-step-venues =
    { $n ->
        [0] Залов пока нет
        [one] { $n } зал
        [few] { $n } зала
       *[many] { $n } залов
    }
edition-step-sessions = 
    { $n ->
        [0] Мероприятий пока нет
        [one] { $n } мероприятие
        [few] { $n } мероприятия
       *[many] { $n } мероприятий
    }
edition-step-plan =
    { $n ->
        [0] План ещё не составлен
        [one] План составлен { $n } раз
        [few] План составлен { $n } раза
       *[many] План составлен { $n } раз
    }
edition-step-programme = 
    { $n ->
        [0] Программа ещё не опубликована
        [one] { $n } редакция
        [few] { $n } редакции
       *[many] { $n } редакций
    }
edition-next-topics = Решить по темам
edition-next-invitations = Заняться приглашениями
edition-next-delegations = Заняться делегациями
edition-next-meetings = Заняться двусторонними встречами
edition-next-venues = Внести площадки
edition-next-sessions = Внести мероприятия
edition-next-plan = Составить план
edition-next-programme = Опубликовать программу
refusal-city-unknown = В реестре нет города с таким названием. Выберите из подсказок.
refusal-city-several = Так называются несколько городов. Укажите один из них: { $labels }
edition-nav-interpreters = Устный перевод
edition-nav-assignments = Мои назначения
