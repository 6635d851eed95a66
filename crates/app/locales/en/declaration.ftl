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
refusal-declaration-merge-changed = Its words stand in the paragraph it was merged into, which has been changed since. Split that paragraph instead.
refusal-declaration-merge-gone = The paragraph it was merged into was removed too. Bring that one back first.
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
declaration-list = Texts
declaration-lead = The texts that are being negotiated or were adopted at this dialogue, in all their languages.
declaration-none = There is no text yet. Once the secretariat opens one, it is listed here.
declaration-none-public = No text has been published yet. Participants sign in to see what is being negotiated.
declaration-open = Open a text
declaration-open-button = Open
declaration-zero = Zero draft
declaration-revision = Revision { $n }
declaration-phase-open = Under negotiation
declaration-phase-settled = Final
declaration-phase-silence = Silence procedure running
declaration-phase-gavelled = Gavel struck, to be recorded
declaration-phase-adopted = Adopted
declaration-phase-signed = Signed
declaration-phase-published = Published
declaration-progress = Authentic wordings confirmed as concordant: { $ready } of { $all }
declaration-empty = The text has no words yet. Add its title, or import a draft.
declaration-symbol = Symbol
declaration-symbol-hint = Printed on every page, such as GMD/2027/L.1
declaration-stands = Stage
declaration-authority-authentic = Authentic text
declaration-authority-translation = Translation
declaration-authority-none = Not in this language
declaration-way = What stands before adoption
declaration-way-clear = The authentic texts agree, every paragraph is agreed and nobody objects: a silence can be started, or the text adopted in the hall.
declaration-way-agree =
    { $n ->
        [one] { $n } paragraph is not agreed yet
       *[other] { $n } paragraphs are not agreed yet
    }
declaration-way-objections =
    { $n ->
        [one] { $n } objection is not resolved
       *[other] { $n } objections are not resolved
    }
declaration-way-revision = No revision has been issued yet
declaration-views = Languages of the text
declaration-side = Side by side
declaration-deed = state { $n }
declaration-kind = What it is to become
declaration-kind-declaration = Declaration
declaration-kind-consensus = Consensus
declaration-title = Name
declaration-title-hint = What lists call it; the text itself begins with its own title.
declaration-languages = Languages and what they are worth
declaration-languages-hint = Authentic texts bind equally and are confirmed as concordant paragraph by paragraph; a translation is for information.
declaration-rules = Rules of procedure
declaration-rules-house = Rules of this dialogue: a silence of at least 72 hours, or the gavel in the hall
declaration-rules-osce = OSCE Rules of Procedure, MC.DOC/1/06, Annex 1(A): the chair names the expiry
declaration-rules-sco = SCO Charter of 2002, article 16 (wording to be verified): adopted if nobody objects
declaration-hours = Shortest silence, in hours
declaration-hours-hint = Left empty, the term of the chosen rules counts.
declaration-parties = Who signs
declaration-parties-hint = Choose nobody where adoption is the end.
declaration-exercise = Exercise
declaration-exercise-yes = This is an exercise, and every page says so
declaration-exercise-always = This edition is an exercise: every page of the text says so.
declaration-history = History
declaration-history-none = Nothing has been done to this text yet.
declaration-as-of = As it stood
declaration-as-of-show = Show the text
declaration-day = At the end of a day
declaration-deed-number = Or after a step, by its number
declaration-changes = What changed
declaration-changes-show = Show the changes
declaration-from = From the state after step
declaration-to = To the state after step
declaration-revisions = Revisions
declaration-since = what changed since
declaration-done = Steps, the latest first
declaration-step = Step { $n }
declaration-did-revised = Revision issued, numbers frozen
declaration-did-agreed = Paragraph agreed
declaration-did-ad-referendum = Paragraph agreed, subject to confirmation
declaration-did-confirmed = Paragraph confirmed from home
declaration-did-reopened = Paragraph reopened
declaration-did-silenced = Silence procedure begun
declaration-did-objected = Objection
declaration-did-resolved = Objection settled
declaration-did-gavelled = Declared adopted by the chair
declaration-did-recorded = Adoption recorded by the secretariat
declaration-did-signed = Signed by a party
declaration-did-explained = Explanation or reservation attached
declaration-did-published = Published
declaration-did-added = Paragraph added
declaration-did-removed = Paragraph removed
declaration-did-restored = Paragraph brought back
declaration-did-moved = Paragraph moved
declaration-did-wrote = Written
declaration-did-offered = Handed over for comparison
declaration-did-concorded = Confirmed as concordant
declaration-did-split = Paragraph split
declaration-did-merged = Paragraphs merged
declaration-stood = This is the text as it stood after step { $n }.
declaration-now = The text as it stands now
declaration-empty-then = The text had no paragraphs then.
declaration-between = From the state after step { $from } to the state after step { $to }. What went out is struck through, what came in is underlined.
declaration-same = Nothing differs between the two states in these languages.
declaration-unit-added = added
declaration-unit-removed = removed
declaration-unit-moved = moved
declaration-import = Import
declaration-import-how = Paste the text in one or more languages, or choose plain text files (UTF-8). Empty lines part the paragraphs; without them every line is one. A line with nothing but a dash stands for a paragraph that a language lacks. Nothing enters the text before you have looked at the result; until then it waits for you alone, for seven days.
declaration-import-file = Or a file
declaration-import-documents = Or Akoma Ntoso files, one for each language
declaration-import-documents-hint = Choose all languages at once. Paragraphs of the same eId are laid side by side; where the files name them differently, order and length decide.
declaration-import-by-names = The languages were laid side by side by the names (eId) of the paragraphs.
declaration-import-by-order = The files do not share names of paragraphs, so the languages were laid side by side by order, length and numbers. Look closely.
declaration-import-review = Lay side by side
declaration-import-found =
    { $n ->
        [one] { $n } paragraph was found. Check that the languages stand side by side, then take it in.
       *[other] { $n } paragraphs were found. Check that the languages stand side by side, then take them in.
    }
declaration-import-alone =
    { $n ->
        [one] { $n } paragraph has no counterpart in some language.
       *[other] { $n } paragraphs have no counterpart in some language.
    }
declaration-import-waits =
    { $n ->
        [one] { $n } paragraph that you laid side by side waits to be taken in.
       *[other] { $n } paragraphs that you laid side by side wait to be taken in.
    }
declaration-import-go-on = Go on with it
declaration-import-apart = Show only these
declaration-import-all = Show all paragraphs
declaration-import-kinds = Save what each one is
declaration-import-next = Save and show the next page
declaration-import-many = Say of many paragraphs at once what they are
declaration-import-from = From paragraph
declaration-import-to = To paragraph
declaration-import-say = Save for all of them
declaration-import-drop = Give this import up
declaration-import-take = Take all of it in
declaration-import-back = Change the texts
refusal-declaration-import-utf8 = This file is not plain text in UTF-8. Save it as UTF-8 text and choose it again.
declaration-edit = Change name and symbol
declaration-edit-save = Save
declaration-removed = Removed paragraphs
declaration-removed-how = What was removed is kept with all its wordings. A paragraph that comes back has to be agreed anew.
declaration-removed-which = Which paragraph
declaration-removed-restore = Bring it back
declaration-removed-merged = Merged into: { $paragraph }. Bringing it back undoes the merging: both paragraphs stand as before, one behind the other.
declaration-removed-none = No paragraph of this text was removed.
refusal-declaration-import-both = Paste the words or choose Akoma Ntoso files, not both: empty the fields above, or choose no files.
refusal-declaration-import-language = One of the files is in a language that this text does not have: { $lang }.
refusal-declaration-import-twice = Two of the files are in the same language: { $lang }. Choose one file for each language.
declaration-settled = The parties have made these words final. Nothing changes until they take them back.
declaration-settled-see = To the instrument
