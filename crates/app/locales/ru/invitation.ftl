invitation-list = Приглашения
invitation-none = Приглашений пока нет. Начните с первого: выберите город или организацию.
invitation-none-found = Ничего не найдено. Измените слова или выберите другое число вверху.
invitation-write = Составить приглашение
invitation-all = всего
invitation-due = пора напомнить
invitation-coming = человек заявлено
invitation-search = Найти по номеру, делегации или адресату
invitation-state-draft = Черновик
invitation-state-sent = Ответа пока нет
invitation-state-accepted = Принято
invitation-state-accepted_subject = Принято, ожидает согласования
invitation-state-substituted = Прибудет другое лицо
invitation-state-regrets = Не смогут прибыть
invitation-column-number = Номер
invitation-column-delegation = Делегация
invitation-column-addressee = Адресат
invitation-column-office = Должность
invitation-column-lang = Язык
invitation-column-state = Состояние
invitation-column-people = Человек
invitation-column-quota = Квота
invitation-column-reply_by = Ответить до
invitation-column-email = Электронная почта
invitation-send-many =
    { $n ->
        [one] { $n } черновик: просмотреть и отправить
        [few] { $n } черновика: просмотреть и отправить
       *[many] { $n } черновиков: просмотреть и отправить
    }
invitation-remind-many =
    { $n ->
        [one] { $n } напоминание пора отправить
        [few] { $n } напоминания пора отправить
       *[many] { $n } напоминаний пора отправить
    }
invitation-whom = Кого пригласить
invitation-whom-search = Найти город или организацию по названию
invitation-whom-none = Приглашать под этим названием больше некого. Измените слова или добавьте организацию.
invitation-to = Приглашение: { $name }
invitation-to-new-body = Пригласить другую организацию
invitation-body-name = Название организации
invitation-body-name-hint = Так, как она сама его даёт на каждом языке.
invitation-drafts =
    { $n ->
        [one] У { $n } делегации ещё нет письма
        [few] У { $n } делегаций ещё нет письма
       *[many] У { $n } делегаций ещё нет письма
    }
invitation-drafts-why = Черновики можно подготовить для всех сразу — на имя глав делегаций, которых они назвали. Что не указано, останется пустым, и вы это дополните.
invitation-drafts-make = Подготовить черновики
invitation-lang = Язык письма
invitation-addressee = Адресат
invitation-addressee-hint = Имя на языке письма, так, как его даёт город; в таком виде (и падеже) оно будет напечатано.
invitation-office = Должность
invitation-office-hint = Так, как её называет город: глава, мэр, губернатор, аким, хоким… — в том падеже, в каком нужно напечатать.
invitation-salutation = Обращение
invitation-salutation-hint = Вся строка, которой открывается письмо, например: Уважаемый Пример Образцович
invitation-email = Электронная почта
invitation-email-hint = Сюда придёт ссылка для ответа. Если письмо уходит почтой, оставьте пустым.
invitation-rank = Ранг приглашаемого
invitation-rank-head = Глава города
invitation-rank-deputy = Заместитель главы
invitation-rank-official = Должностное лицо
invitation-rank-expert = Эксперт
invitation-rank-business = Представитель бизнеса
invitation-rank-media = Представитель СМИ
invitation-rank-companion = Сопровождающее лицо
invitation-quota = Состав делегации, не более
invitation-reply-by = Ответить до
invitation-draft-hint = Пока ничего не отправляется: письмо можно просмотреть перед отправкой.
invitation-save-draft = Сохранить черновик
invitation-edit = Изменить черновик
invitation-send = Отправить
invitation-send-whom = Эти письма будут отправлены; снимите отметку с тех, что подождут
invitation-send-none = Готовых к отправке черновиков нет.
invitation-send-not = Не указано имя или обращение
invitation-remind = Отправить напоминания
invitation-remind-whom = Напоминание получат; снимите отметку с тех, кому пока не нужно
invitation-remind-none = Сейчас никому не нужно напоминать письмом.
invitation-remind-not = Без электронной почты: позвоните или напишите
invitation-by-post = почтой
invitation-sent-by-post = Отметить: отправлено почтой
invitation-incomplete = Отправить пока нельзя: не указано имя или обращение.
invitation-link-again = Отправить ссылку ещё раз
invitation-letter = Письмо (PDF)
invitation-letter-facts = Письмо
invitation-unstated = На языке письма не указано, поэтому напечатано на другом языке: { $what }. Дополните сведения о встрече.
invitation-enter-answer = Внести ответ
invitation-answer = Ответ
invitation-no-answer = Пока не получен.
invitation-note = Примечание
invitation-channel = Как получен
invitation-channel-link = по ссылке
invitation-channel-letter = письмом
invitation-channel-telephone = по телефону
invitation-incoming = Номер входящего письма
invitation-record = Записать ответ
invitation-terms = Квота и адрес
invitation-quota-now = Квота
invitation-quota-now-hint = Действует сразу; в письме остаётся указанное в нём число.
invitation-email-now = Почта для ссылки
invitation-email-now-hint = С новым адресом прежние ссылки перестают действовать; затем отправьте ссылку ещё раз.
invitation-terms-save = Сохранить
invitation-history = Ход переписки
invitation-event-drafted = Составлен черновик
invitation-event-changed = Изменён черновик
invitation-event-sent = Письмо отправлено
invitation-event-reminded = Отправлено напоминание
invitation-event-link_sent = Ссылка отправлена ещё раз
invitation-event-terms = Изменены квота или адрес
invitation-event-answered = Ответ:
contact-title = Координаторы делегации
contact-none = Пока никого. Координатор вносит участников, запрашивает встречи и предлагает темы.
contact-add = Назначить координатора
contact-end = Снять обязанности
contact-name = Имя
contact-name-hint = Так, как его пишет сам человек.
contact-email = Электронная почта
contact-email-hint = Сюда придёт ссылка для входа; пароль не нужен.
reply-title = Ваш ответ на приглашение
reply-recorded = Ваш ответ записан
reply-change-until = Изменить его здесь можно по { $day } включительно.
reply-people-n = { $n } чел.
reply-letter = Письмо-приглашение (PDF)
reply-answer = Ваш ответ
reply-accepted = Принимаем приглашение
reply-accepted_subject = Принимаем, при условии согласования
reply-subject-to = Чьё согласование требуется
reply-substituted = Делегацию возглавит другое лицо
reply-name = Имя
reply-office = Должность
reply-regrets = К сожалению, прибыть не сможем
reply-quota = Квота делегации — { $n } чел., включая главу.
reply-people = Сколько человек прибудет
reply-note = Несколько слов секретариату
reply-contact = Назвать координатора
reply-contact-why = Координатор вносит участников делегации и получает письма о программе. Можно не заполнять.
reply-send = Отправить ответ
letter-title = Приглашение
letter-reference = Исх. № { $n }
letter-draft = ПРОЕКТ
letter-invite = Имеем честь пригласить Вас и возглавляемую Вами делегацию принять участие во встрече «{ $title }».
letter-place = Место проведения
letter-quota = Состав делегации
letter-people = не более { $n } чел., включая главу делегации
letter-answer = Просим сообщить о Вашем решении до { $day } по ссылке из сопроводительного электронного письма (регистрация не требуется), ответным письмом или по телефону.
letter-hope = Ваше личное участие станет ценным вкладом в диалог наших городов.
letter-closing = С глубоким уважением,
letter-and = , { "" }
letter-language-zh = китайский
letter-language-ru = русский
letter-language-en = английский
letter-language-fa = персидский
mail-invitation-subject = Приглашение № { $reference }: { $title }
mail-invitation =
    { $opening }

    Имеем честь пригласить Вас и возглавляемую Вами делегацию принять участие во встрече «{ $title }».
    { $days }, { $place }

    Письмо № { $reference } находится по этой ссылке; там же можно ответить без регистрации:
    { $link }

    Будем признательны за ответ до { $day }. Позднее его можно изменить по той же ссылке. Просим не передавать ссылку другим: по ней можно ответить от Вашего имени.

    С глубоким уважением,
    { $initiators }
mail-reminder-subject = Приглашение № { $reference }: просим ответить
mail-reminder =
    { $opening }

    Мы направляли Вам письмо № { $reference } о встрече «{ $title }» и пока не получили ответа. Чтобы мы могли достойно подготовить Ваш приём, просим ответить до { $day }:
    { $link }

    Если Ваш ответ уже в пути, просим не обращать внимания на это письмо.

    С глубоким уважением,
    { $initiators }
mail-contact-subject = Вы — координатор делегации: { $title }
mail-contact =
    Здравствуйте, { $name }!

    Вас назвали координатором делегации: { $delegation }.
    { $title }

    Вы можете вносить участников делегации, предлагать темы и запрашивать встречи. Входите с этим адресом ({ $email }): на него придёт ссылка, пароль не нужен:
    { $address }

    Если это ошибка, сообщите, пожалуйста, секретариату.
refusal-already-invited = У этой делегации уже есть приглашение. Найдите его в списке.
refusal-salutation-missing = Сначала укажите обращение.
refusal-no-address = Нет адреса электронной почты. Сначала укажите его.
refusal-reply-after-end = К этому дню встреча уже закончится. Выберите более раннюю дату.
refusal-reply-link-over = Эта ссылка больше не действует. Попросите секретариат прислать новую.
