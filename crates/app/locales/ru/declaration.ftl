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
