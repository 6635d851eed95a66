product = Караван-сарай
skip = К содержанию
text-stale = исходный текст изменён
text-only-in = Есть только на этом языке
nav-main = Главное меню
nav-cities = Города
nav-editions = Встречи диалога
nav-sign-in = Войти
nav-languages = Языки
nav-edition = Эта встреча
nav-trail = Путь
edition-nav-overview = Обзор
edition-nav-topics = Темы
edition-nav-declarations = Тексты
edition-nav-invitations = Приглашения
edition-nav-delegations = Делегации
edition-nav-meetings = Двусторонние встречи
edition-nav-venues = Площадки
edition-nav-sessions = Мероприятия
edition-nav-plan = План
edition-nav-programme = Программа
edition-nav-offices = Ответственные лица
edition-nav-disruptions = Оперативные изменения
edition-nav-instruments = Документы о сотрудничестве
edition-nav-commitments = Обязательства
edition-nav-agenda = Моя повестка
footer-about = Открытая платформа постоянного диалога городов. Публичные записи может проверить каждый.
footer-api = Открытые данные (API)
footer-data = Источники данных
fault-refused-title = Не выполнено
fault-refused = Ничего не сохранено. Вернитесь на предыдущую страницу и попробуйте ещё раз.
fault-missing-title = Страница не найдена
fault-missing = Такой страницы нет, или она вам не открыта. Проверьте адрес или начните с главной.
fault-forbidden-title = Нет доступа
fault-forbidden = Это действие не входит в ваши полномочия. Обратитесь в секретариат.
fault-broken-title = Сбой системы
fault-broken = Ничего не сохранено. Попробуйте позже; если повторится, сообщите в секретариат.
fault-home = На главную
list-search = Найти
list-pages = Страницы
list-previous = Назад
list-next = Далее
list-page-of = Страница { $page } из { $pages }
form-errors = Нужно исправить
form-moved-title = Кто-то только что сохранил другое
form-moved = Введённое вами сохранилось ниже, но ещё не записано. Рядом показано то, что записано сейчас; сохраните ещё раз, чтобы оставить ваше.
form-stands = Сейчас записано:
home-title = Постоянный диалог городов
home-lead = Города предлагают темы, собираются, договариваются и вместе выполняют обещанное. Здесь — города, встречи и программы.
home-cities = Карта и реестр городов: названия, статус, особенности, предложения и запросы, побратимство.
home-next = Ближайшая встреча
home-latest = Последняя встреча
home-count = { $n ->
    [one] { $n } город
    [few] { $n } города
   *[many] { $n } городов
} из { $states } { $states ->
    [one] государства
   *[many] государств
}.
home-personas = Выбрать учебную роль
home-personas-why = Посмотрите учебную встречу глазами секретариата, принимающего города, делегации или публики.
sign-in-title = Вход
sign-in-email = Электронная почта
sign-in-email-hint = Мы пришлём одноразовую ссылку и код из шести цифр. Пароль не нужен.
sign-in-send = Отправить ссылку
sign-in-sent-title = Проверьте почту
sign-in-sent = Если этот адрес известен, ссылка и код отправлены. Они действуют 30 минут.
sign-in-code = Код из шести цифр
sign-in-enter = Войти
sign-in-as = Вы входите как
sign-out = Выйти
me-none = Вы пока не участвуете ни в одной встрече. По вопросам обращайтесь в секретариат.
personas-title = Учебные роли
personas-why = Все лица вымышлены и служат только для показа. Выберите роль, чтобы войти.
demo-mail = Учебная почта
demo-mail-why = В учебном режиме письма никуда не уходят: все они здесь.
demo-mail-none = Писем пока нет. Они появятся после публикации программы или запроса входа.
mail-sign-in-subject = Вход в «Караван-сарай»
refusal-missing = Заполните это поле.
refusal-too-long = Не более { $most } знаков; сейчас { $have }. Сократите.
refusal-hidden-character = В тексте есть невидимый знак { $code }. Удалите его.
refusal-email = Укажите адрес полностью, например name@example.org.
refusal-number = Введите целое число цифрами.
refusal-out-of-range = Введите число от { $least } до { $most }.
refusal-choose = Выберите из списка.
refusal-one-language = Заполните хотя бы на одном языке.
refusal-date = Укажите дату в виде год-месяц-день, например 2027-05-18.
refusal-moment = Укажите дату и время, например 2027-05-18 09:30.
refusal-zone = Такого часового пояса нет. Укажите название, например Asia/Shanghai.
refusal-ends-before-start = Окончание раньше начала. Проверьте обе даты.
refusal-too-many-days = Встреча длится не более { $most } дней.
refusal-official-languages = Китайский и русский — официальные языки; выберите оба.
refusal-reason-missing = Укажите причину.
refusal-call-closed = Приём тем ещё не открыт или уже закончен.
refusal-own-topic = Это ваша тема: поддерживать её не нужно.
refusal-topic-decided = По этой теме уже принято решение.
refusal-addressee-missing = Сначала укажите имя адресата.
refusal-already-sent = Это приглашение уже отправлено.
refusal-not-sent = Приглашение ещё не отправлено, ответ записать нельзя.
refusal-edition-over = Встреча уже закончилась. Обратитесь в секретариат.
refusal-over-quota = Квота — { $most } чел. Уменьшите число или обратитесь в секретариат.
refusal-second-leader = У делегации уже есть глава. Сначала измените его роль.
refusal-meets-itself = Делегация не может встречаться сама с собой.
refusal-not-your-turn = Сейчас ответ не за вами. Обновите страницу.
refusal-after-itself = Мероприятие не может следовать за самим собой.
refusal-code-wrong = Код неверен или устарел. Проверьте или запросите новый.
refusal-link-over = Ссылка уже использована или устарела. Запросите новую.
refusal-body-too-large = Слишком большой объём: не более { $most } МБ. Уменьшите файл.
refusal-body-unreadable = Не удалось прочитать отправленное. Отправьте ещё раз.
refusal-too-many-tries = Слишком много попыток. Повторите через { $minutes } мин.
mail-sign-in =
    Здравствуйте! Откройте ссылку и нажмите «Войти»:
    { $address }

    Или введите код: { $code }

    Ссылка и код действуют { $minutes } минут. Если вы ничего не запрашивали, не обращайте внимания на это письмо.

# Rows of a workbook.
workbook-row = Строка { $n }: { $said }
