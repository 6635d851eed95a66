topic-list = Темы
topic-lead = Что города предлагают обсудить. Другие могут поддержать тему; секретариат принимает решение и объясняет его.
topic-propose = Предложить тему
topic-edit = Изменить формулировку
topic-save = Сохранить
topic-search = Найти тему по словам или по автору
topic-states = Темы по состоянию
topic-all = Все
topic-state-proposed = Предложена
topic-state-chosen = В повестке
topic-state-set_aside = Не в этот раз
topic-none = Тем пока не предложено.
topic-none-open = Тем пока не предложено. Приём идёт: координаторы делегаций могут предложить тему.
topic-none-found = Ничего не найдено. Измените слова или выберите другое состояние.
topic-proposed-by = Предлагает:
topic-quoted = Предложение. Автор:
topic-source = Источник:
topic-supporters =
    { $n ->
        [one] Поддерживает { $n } делегация
        [few] Поддерживают { $n } делегации
       *[many] Поддерживают { $n } делегаций
    }
topic-title = Название
topic-title-hint = Заполните те языки, за которые можете поручиться; отсутствующий язык будет отмечен.
topic-summary = Почему это важно
topic-summary-hint = Что даст обсуждение другим городам. Можно не заполнять.
topic-proposer = Кто предлагает
topic-proposer-quoted = Названный в открытом источнике
topic-who = Кто предлагает — так, как сказано в источнике
topic-said-in = Где об этом сказано
topic-proposed-on = Внесена
topic-decided-on = Решение принято
topic-reason = Обоснование
topic-reason-hint = Его читают участники. Укажите, что говорит за тему или где она найдёт своё место.
topic-provenance = Происхождение темы
topic-support-title = Поддержка
topic-support-none = Пока ни одна делегация не заявила о поддержке.
topic-support = Поддержать от имени делегации: { $name }
topic-unsupport = Отозвать поддержку делегации: { $name }
topic-decide = Записать решение
topic-decision = Решение
topic-decision-open = Решения ещё нет
topic-decision-chosen = Включить в повестку
topic-decision-set_aside = Не в этот раз
topic-column-title-zh = Название (китайский)
topic-column-title-ru = Название (русский)
topic-column-title-en = Название (английский)
topic-column-state = Состояние
topic-column-proposer = Кто предлагает
topic-column-source = Источник
topic-column-supports = Поддержавших делегаций
