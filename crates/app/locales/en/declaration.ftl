refusal-unsafe-text = Line { $line } holds the character { $code }, which a text for signature may not contain. Remove it or write it otherwise.
refusal-declaration-behind-itself = A paragraph cannot stand behind itself. Choose another place.
refusal-declaration-language = This text has no version in this language.
refusal-declaration-languages-apart =
    { $lang ->
        [zh] The Chinese text
        [ru] The Russian text
        [en] The English text
       *[other] Another authentic text
    } has not caught up with the latest changes. Update it first, then confirm that the languages agree.
refusal-declaration-moved = The text changed after you opened it. Read it as it stands now and try again.
refusal-declaration-no-authentic = Name at least one authentic language.
refusal-declaration-not-neighbours = Only paragraphs that follow one another can be merged.
refusal-declaration-own-wording = A language officer who did not write these words must confirm that the languages agree.
refusal-declaration-second-person = A second person must confirm that a correction is editorial only.
refusal-declaration-too-long = A text can have at most { $most } paragraphs.
refusal-declaration-translation-leads = Only an authentic language can change the substance of the text.
refusal-declaration-unit-gone = This paragraph is no longer in the text.
refusal-declaration-unit-known = This paragraph is there already. Reload the page and try again.
refusal-declaration-words-lost = The two parts together must hold every word of the paragraph.
refusal-declaration-wrong-state = The state of the text in this language does not allow this. Look at its state and try again.
