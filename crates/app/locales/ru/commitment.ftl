commitment-lead = Что из сказанного в текстах нужно выполнить, кому и к какому сроку. Сообщение исполнителя, оценка и календарь показаны отдельно.
commitment-none = Обязательств пока нет. Секретариат выделит их из текста после его принятия.
commitment-none-office = Обязательств пока нет. Выберите текст ниже и посмотрите, какие обязательства в нём можно отметить.
commitment-none-found = Таких обязательств нет.
commitment-search = Найти по содержанию
commitment-owner-all = Все исполнители
commitment-owner-everyone = все делегации
commitment-what = Что сделать
commitment-what-hint = Взято из текста; можно сказать короче.
commitment-owners = Исполнители
commitment-owners-hint = Если никого не выбрать, исполнители — все делегации.
commitment-due = Срок
commitment-due-hint = Если срока нет, оставьте пустым.
commitment-measure = Как измерить
commitment-measure-hint = Например: один отчёт в год. Можно оставить пустым.
commitment-strength = Сила обязательства
commitment-strength-binding = обязательство
commitment-strength-intention = намерение
commitment-strength-call = призыв
commitment-strength-encouragement = поощрение
commitment-lang = По тексту на каком языке
commitment-save = Отметить обязательство
commitment-new = Сделать обязательством
commitment-sources = Тексты, из которых можно выделить обязательства
commitment-suggestions = Обязательства в тексте
commitment-suggest-none = В этом тексте пока нет таких пунктов. Они появятся, когда будет написана постановляющая часть.
commitment-verb = по слову:
commitment-no-verb = такого слова нет
commitment-uneven = Языки обязывают по-разному. Эту подсказку видит только ответственный за языки.
commitment-made =
    { $n ->
        [one] Отмечено { $n } обязательство.
        [few] Отмечено { $n } обязательства.
       *[many] Отмечено { $n } обязательств.
    }
commitment-calendar = Календарь
commitment-calendar-undated = без срока
commitment-calendar-ahead = срок впереди
commitment-calendar-near = срок близок
commitment-calendar-past = срок прошёл
commitment-calendar-reported = сообщено о выполнении
commitment-progress = Ход выполнения
commitment-progress-not-started = не начато
commitment-progress-in-progress = выполняется
commitment-progress-substantial = в основном выполнено
commitment-progress-complete = выполнено
commitment-progress-suspended = приостановлено
commitment-progress-cancelled = отменено
commitment-progress-merged = объединено с другим
commitment-claimed = Сообщает исполнитель
commitment-not-claimed = сообщений нет
commitment-claims-differ = сообщения различаются
commitment-claim-none = Исполнители пока не сообщали.
commitment-claim = Сообщить о ходе выполнения
commitment-claim-save = Отправить сообщение
commitment-done = Что сделано
commitment-evidence = Подтверждение
commitment-evidence-hint = Адрес страницы или название документа.
commitment-assessed = Оценка
commitment-assess-none = Оценки, которую можно показать, пока нет.
commitment-assess = Оценить
commitment-assess-save = Сохранить оценку
commitment-assess-before =
    Другие увидят оценку после того, как исполнитель с ней ознакомится и ответит или у него пройдёт { $n ->
        [one] { $n } день
        [few] { $n } дня
       *[many] { $n } дней
    } на ответ.
commitment-grounds = На каком основании
commitment-reply = Ответ (не обязательно)
commitment-reply-about = Ответ показывается рядом с оценкой.
commitment-seen = Ознакомлены
commitment-clause = Слова текста
commitment-hash = Отпечаток слов (SHA-256)
commitment-words-stand = Слова в тексте не изменились.
commitment-words-moved = Слова в тексте с тех пор изменились; секретариату следует сверить обязательство.
refusal-commitment-not-yours = Сообщать и отвечать могут только исполнители.
refusal-commitment-own-claim = Нельзя оценивать то, о чём вы сами сообщили.
refusal-commitment-not-assessed = Оценки пока нет.
refusal-commitment-operative = Обязательством может стать только пункт постановляющей части.
