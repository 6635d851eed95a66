refusal-unsafe-text = В строке { $line } есть знак { $code }, недопустимый в подписываемом тексте. Удалите его или напишите иначе.
refusal-declaration-behind-itself = Пункт нельзя поставить после него самого. Выберите другое место.
refusal-declaration-language = У этого текста нет версии на этом языке.
refusal-declaration-languages-apart =
    { $lang ->
        [zh] Китайский текст
        [ru] Русский текст
        [en] Английский текст
       *[other] Другой аутентичный текст
    } ещё не приведён в соответствие с последними изменениями. Сначала обновите его, затем подтверждайте соответствие текстов.
refusal-declaration-merge-changed = Слова этого пункта вошли в другой пункт, который с тех пор изменён. Вместо возврата разделите тот пункт.
refusal-declaration-merge-gone = Пункт, с которым этот был объединён, тоже исключён. Сначала верните его.
refusal-declaration-moved = Текст изменился после того, как вы его открыли. Прочтите его в нынешнем виде и повторите действие.
refusal-declaration-no-authentic = Укажите хотя бы один аутентичный язык.
refusal-declaration-not-neighbours = Объединить можно только соседние пункты.
refusal-declaration-own-wording = Соответствие текстов подтверждает сотрудник языковой службы, который не писал эту редакцию.
refusal-declaration-second-person = Редакционную правку должен подтвердить второй человек.
refusal-declaration-too-long = В одном тексте может быть не более { $most } пунктов.
refusal-declaration-translation-leads = Существо текста меняют только на аутентичном языке.
refusal-declaration-unit-gone = Этого пункта в тексте уже нет.
refusal-declaration-unit-known = Такой пункт уже есть. Обновите страницу и повторите действие.
refusal-declaration-words-lost = Две части вместе должны содержать все слова исходного пункта.
refusal-declaration-wrong-state = Нынешнее состояние текста на этом языке не допускает такого действия. Проверьте состояние и повторите.
declaration-list = Тексты
declaration-lead = Тексты, которые согласуются или уже приняты на этом диалоге, на всех их языках.
declaration-none = Текстов пока нет. Они появятся здесь, когда секретариат откроет первый.
declaration-none-public = Опубликованных текстов пока нет. Участникам нужно войти, чтобы видеть согласуемые тексты.
declaration-open = Открыть текст
declaration-open-button = Открыть
declaration-zero = Нулевой проект
declaration-revision = Редакция { $n }
declaration-phase-open = На согласовании
declaration-phase-settled = Окончательный текст
declaration-phase-silence = Идёт процедура молчания
declaration-phase-gavelled = Молоток опущен, ожидается запись
declaration-phase-adopted = Принят
declaration-phase-signed = Подписан
declaration-phase-published = Опубликован
declaration-progress = Соответствие аутентичных текстов подтверждено: { $ready } из { $all }
declaration-empty = В тексте пока ничего нет. Добавьте заголовок или загрузите готовый проект.
declaration-symbol = Условное обозначение
declaration-symbol-hint = Печатается на каждой странице, например GMD/2027/L.1
declaration-stands = Стадия
declaration-authority-authentic = Аутентичный текст
declaration-authority-translation = Перевод
declaration-authority-none = Без этого языка
declaration-way = Что осталось до принятия
declaration-way-clear = Аутентичные тексты соответствуют друг другу, все пункты согласованы, возражений нет: можно начать процедуру молчания или принять текст в зале.
declaration-way-agree =
    { $n ->
        [one] Не согласован { $n } пункт
        [few] Не согласованы { $n } пункта
       *[many] Не согласовано { $n } пунктов
    }
declaration-way-objections =
    { $n ->
        [one] Не снято { $n } возражение
        [few] Не сняты { $n } возражения
       *[many] Не снято { $n } возражений
    }
declaration-way-revision = Ни одна редакция ещё не издана
declaration-views = Языки текста
declaration-side = Рядом
declaration-deed = состояние { $n }
declaration-kind = Вид текста
declaration-kind-declaration = Декларация
declaration-kind-consensus = Консенсус
declaration-title = Название
declaration-title-hint = Название для списков; у самого текста есть свой заголовок.
declaration-languages = Языки и их сила
declaration-languages-hint = Аутентичные тексты имеют равную силу, их соответствие подтверждается по пунктам; перевод служит для сведения.
declaration-rules = Правила процедуры
declaration-rules-house = Правила диалога: молчание не короче 72 часов или молоток в зале
declaration-rules-osce = Правила процедуры ОБСЕ, MC.DOC/1/06, приложение 1 (A): срок назначает председатель
declaration-rules-sco = Хартия ШОС 2002 года, статья 16 (формулировку следует проверить): принято, если никто не возражает
declaration-hours = Наименьший срок молчания, часов
declaration-hours-hint = Если не заполнено, действует срок выбранных правил.
declaration-parties = Кто подписывает
declaration-parties-hint = Не выбирайте никого, если текст принимается без подписания.
declaration-exercise = Учебный текст
declaration-exercise-yes = Это учебный текст, о чём говорит каждая его страница
declaration-exercise-always = Это учебный диалог: каждая страница текста отмечена как учебная.
declaration-history = История
declaration-history-none = С этим текстом ещё ничего не делали.
declaration-as-of = Текст на прошлую дату
declaration-as-of-show = Показать текст
declaration-day = На конец дня
declaration-deed-number = Или после шага с номером
declaration-changes = Что изменилось
declaration-changes-show = Показать изменения
declaration-from = От состояния после шага
declaration-to = До состояния после шага
declaration-revisions = Редакции
declaration-since = что изменилось с тех пор
declaration-done = Шаги, начиная с последнего
declaration-step = Шаг { $n }
declaration-did-revised = Издана редакция, номера закреплены
declaration-did-agreed = Согласован пункт
declaration-did-ad-referendum = Пункт согласован при условии подтверждения
declaration-did-confirmed = Получено подтверждение по пункту
declaration-did-reopened = Пункт снова обсуждается
declaration-did-silenced = Начата процедура умолчания
declaration-did-objected = Заявлено возражение
declaration-did-resolved = Возражение снято
declaration-did-gavelled = Председатель объявил текст принятым
declaration-did-recorded = Секретариат записал принятие
declaration-did-signed = Подписала одна из сторон
declaration-did-explained = Приложено разъяснение или оговорка
declaration-did-published = Текст опубликован
declaration-did-added = Добавлен пункт
declaration-did-removed = Исключён пункт
declaration-did-restored = Пункт возвращён
declaration-did-moved = Перемещён пункт
declaration-did-wrote = Изменена формулировка
declaration-did-offered = Передано на сверку
declaration-did-concorded = Подтверждено соответствие
declaration-did-split = Пункт разделён
declaration-did-merged = Пункты объединены
declaration-stood = Таким текст был после шага { $n }.
declaration-now = Действующий текст
declaration-empty-then = Тогда в тексте ещё не было пунктов.
declaration-between = От состояния после шага { $from } до состояния после шага { $to }. Исключённое зачёркнуто, добавленное подчёркнуто.
declaration-same = На этих языках два состояния не различаются.
declaration-unit-added = добавлен
declaration-unit-removed = исключён
declaration-unit-moved = перемещён
declaration-import = Загрузить
declaration-import-how = Вставьте текст на одном или нескольких языках либо выберите файлы с простым текстом (UTF-8). Пункты разделяются пустыми строками; если пустых строк нет, пунктом считается каждая строка. Строка из одного тире означает, что на этом языке пункта нет. В текст ничего не войдёт, пока вы не посмотрите результат; до тех пор он семь дней ждёт и виден только вам.
declaration-import-file = Или файл
declaration-import-documents = Или файлы Akoma Ntoso, по одному на каждый язык
declaration-import-documents-hint = Выберите файлы всех языков сразу. Пункты с одинаковым eId ставятся друг против друга; если в файлах они названы по-разному, решают порядок и длина.
declaration-import-by-names = Языки сопоставлены по именам пунктов (eId).
declaration-import-by-order = Имена пунктов в файлах не совпадают, поэтому языки сопоставлены по порядку, длине и числам. Проверьте внимательно.
declaration-import-review = Сопоставить
declaration-import-found =
    { $n ->
        [one] Найден { $n } пункт. Проверьте, что языки стоят друг против друга, и примите его.
        [few] Найдено { $n } пункта. Проверьте, что языки стоят друг против друга, и примите их.
       *[many] Найдено { $n } пунктов. Проверьте, что языки стоят друг против друга, и примите их.
    }
declaration-import-alone =
    { $n ->
        [one] У { $n } пункта нет пары на одном из языков.
        [few] У { $n } пунктов нет пары на одном из языков.
       *[many] У { $n } пунктов нет пары на одном из языков.
    }
declaration-import-waits =
    { $n ->
        [one] Ждёт приёма { $n } сопоставленный вами пункт.
        [few] Ждут приёма { $n } сопоставленных вами пункта.
       *[many] Ждут приёма { $n } сопоставленных вами пунктов.
    }
declaration-import-go-on = Продолжить
declaration-import-apart = Показать только их
declaration-import-all = Показать все пункты
declaration-import-kinds = Сохранить виды пунктов
declaration-import-next = Сохранить и показать следующую страницу
declaration-import-many = Указать вид сразу для многих пунктов
declaration-import-from = С пункта
declaration-import-to = По пункт
declaration-import-say = Сохранить для всех
declaration-import-drop = Отказаться от этой загрузки
declaration-import-take = Принять всё
declaration-import-back = Исправить тексты
refusal-declaration-import-utf8 = Это не простой текст в кодировке UTF-8. Сохраните файл как текст UTF-8 и выберите его снова.
declaration-edit = Изменить название и обозначение
declaration-edit-save = Сохранить
declaration-removed = Исключённые пункты
declaration-removed-how = Исключённое хранится со всеми редакциями. Возвращённый пункт нужно согласовать заново.
declaration-removed-which = Какой пункт
declaration-removed-restore = Вернуть в текст
declaration-removed-merged = Объединён: { $paragraph }. Возврат отменит объединение: оба пункта встанут рядом в прежней редакции.
declaration-removed-none = Из этого текста пункты не исключались.
refusal-declaration-import-both = Вставьте слова или выберите файлы Akoma Ntoso, но не то и другое сразу: очистите поля выше либо не выбирайте файлы.
refusal-declaration-import-language = Один из файлов составлен на языке, которого у этого текста нет: { $lang }.
refusal-declaration-import-twice = Два файла составлены на одном языке: { $lang }. Выберите по одному файлу на каждый язык.
declaration-settled = Стороны объявили этот текст окончательным. Пока они не откроют его снова, изменить его нельзя.
declaration-settled-see = К документу о сотрудничестве
