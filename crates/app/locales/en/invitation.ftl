invitation-list = Invitations
invitation-none = No invitation has been written yet. Begin with the first: choose a city or an organisation.
invitation-none-found = No invitation matches. Change the words or choose another number above.
invitation-write = Write an invitation
invitation-all = all
invitation-due = to be reminded
invitation-coming = people announced
invitation-search = Find by number, delegation or addressee
invitation-state-draft = Draft
invitation-state-sent = No answer yet
invitation-state-accepted = Accepted
invitation-state-accepted_subject = Accepted, subject to approval
invitation-state-substituted = Somebody else comes
invitation-state-regrets = Regrets
invitation-column-number = Number
invitation-column-delegation = Delegation
invitation-column-addressee = Addressee
invitation-column-office = Office
invitation-column-lang = Language
invitation-column-state = State
invitation-column-people = People
invitation-column-quota = Quota
invitation-column-reply_by = Answer by
invitation-column-email = E-mail
invitation-send-many =
    { $n ->
        [one] { $n } draft: look through and send
       *[other] { $n } drafts: look through and send
    }
invitation-remind-many =
    { $n ->
        [one] { $n } reminder is due
       *[other] { $n } reminders are due
    }
invitation-whom = Whom to invite
invitation-whom-search = Find a city or an organisation by name
invitation-whom-none = Nobody of this name is left to invite. Change the words, or add an organisation.
invitation-to = Invitation: { $name }
invitation-to-new-body = Invite another organisation
invitation-body-name = Name of the organisation
invitation-body-name-hint = As it states it in each language.
invitation-drafts =
    { $n ->
        [one] { $n } delegation has no letter yet
       *[other] { $n } delegations have no letter yet
    }
invitation-drafts-why = Drafts can be made for all of them at once, to the leaders that they named. What is not stated stays empty for you to fill in.
invitation-drafts-make = Make the drafts
invitation-lang = Language of the letter
invitation-addressee = Addressee
invitation-addressee-hint = The name as it is to stand in the letter, in the letter's language, as the city states it.
invitation-office = Office
invitation-office-hint = As the city states it: mayor, governor, akim, hokim …
invitation-salutation = Salutation
invitation-salutation-hint = The whole line that opens the letter, such as: Dear Mr Example
invitation-email = E-mail
invitation-email-hint = The link to answer goes there. Leave it empty when the letter goes by post.
invitation-rank = Rank of the invited person
invitation-rank-head = Head of the city
invitation-rank-deputy = Deputy head
invitation-rank-official = Official
invitation-rank-expert = Expert
invitation-rank-business = Business
invitation-rank-media = Media
invitation-rank-companion = Accompanying person
invitation-quota = Most people in the delegation
invitation-reply-by = Answer by
invitation-draft-hint = Nothing leaves yet: you can look at the letter before you send it.
invitation-save-draft = Save the draft
invitation-edit = Change the draft
invitation-send = Send
invitation-send-whom = These letters go; untick what has to wait
invitation-send-none = No draft is ready to go.
invitation-send-not = Name or salutation is missing
invitation-remind = Send reminders
invitation-remind-whom = A reminder goes to these; untick what has to wait
invitation-remind-none = Nobody has to be reminded by mail now.
invitation-remind-not = Without an e-mail address: telephone or write
invitation-by-post = by post
invitation-sent-by-post = Note as sent by post
invitation-incomplete = The letter cannot go yet: name or salutation is missing.
invitation-link-again = Send the link again
invitation-letter = Letter (PDF)
invitation-letter-facts = The letter
invitation-unstated = Not stated in the language of the letter, so another language stands there: { $what }. Complete it in the edition.
invitation-enter-answer = Enter an answer
invitation-answer = The answer
invitation-no-answer = None yet.
invitation-note = Note
invitation-channel = How it came
invitation-channel-link = by the link
invitation-channel-letter = by letter
invitation-channel-telephone = by telephone
invitation-incoming = Number of the incoming letter
invitation-record = Record the answer
invitation-terms = Quota and address
invitation-quota-now = Quota
invitation-quota-now-hint = It counts from now on; the letter keeps the number that it named.
invitation-email-now = E-mail for the link
invitation-email-now-hint = A new address ends the links sent before; then send the link again.
invitation-terms-save = Save
invitation-history = What happened
invitation-event-drafted = Draft written
invitation-event-changed = Draft changed
invitation-event-sent = Letter sent
invitation-event-reminded = Reminder sent
invitation-event-link_sent = Link sent again
invitation-event-terms = Quota or address changed
invitation-event-answered = Answer:
contact-title = Contacts of the delegation
contact-none = Nobody yet. A contact files the people, asks for meetings and proposes topics.
contact-add = Name a contact
contact-end = End this task
contact-name = Name
contact-name-hint = As the person states it.
contact-email = E-mail
contact-email-hint = A link to sign in goes there; no password is needed.
reply-title = Your answer to the invitation
reply-recorded = Your answer is recorded
reply-change-until = You can change it here until { $day }.
reply-people-n =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
reply-letter = The letter of invitation (PDF)
reply-answer = Your answer
reply-accepted = We accept
reply-accepted_subject = We accept, subject to approval
reply-subject-to = Subject to the approval of
reply-substituted = Somebody else will lead the delegation
reply-name = Name
reply-office = Office
reply-regrets = We cannot come and send our regrets
reply-quota =
    { $n ->
        [one] The quota is { $n } person.
       *[other] The quota is { $n } people, the leader included.
    }
reply-people = How many people come
reply-note = A word to the secretariat
reply-contact = Name a contact person
reply-contact-why = The contact files the delegation's people and is written to about the programme. May be left empty.
reply-send = Send the answer
letter-title = Invitation
letter-reference = Ref. { $n }
letter-draft = DRAFT
letter-invite = We have the honour to invite you, and the delegation that you lead, to take part in “{ $title }”.
letter-place = Place
letter-quota = Delegation
letter-people =
    { $n ->
        [one] { $n } person
       *[other] up to { $n } people, including the leader
    }
letter-answer = We should be grateful to receive your answer by { $day }: by the link in the covering e-mail, which needs no registration, or by letter or telephone.
letter-hope = Your presence would be a valued contribution to the dialogue between our cities.
letter-closing = Please accept the assurances of our highest consideration.
letter-and = , { "" }
letter-language-zh = Chinese
letter-language-ru = Russian
letter-language-en = English
letter-language-fa = Persian
mail-invitation-subject = Invitation { $reference }: { $title }
mail-invitation =
    { $opening }

    We have the honour to invite you, and the delegation that you lead, to take part in “{ $title }”.
    { $days }, { $place }

    The letter, number { $reference }, stands under this link, and there you can answer it without registration:
    { $link }

    We should be grateful to receive your answer by { $day }. It can be changed under the same link. Please do not pass the link on: whoever has it can answer for you.

    With our highest consideration
    { $initiators }
mail-reminder-subject = Invitation { $reference }: may we ask for your answer?
mail-reminder =
    { $opening }

    We wrote to you about “{ $title }”, letter number { $reference }, and have not yet received your answer. It would help us to prepare your stay if you could answer by { $day }:
    { $link }

    If your letter is on its way, please disregard this mail.

    With our highest consideration
    { $initiators }
mail-contact-subject = You are a contact for { $title }
mail-contact =
    { $name },

    you have been named as a contact of the delegation: { $delegation }.
    { $title }

    You can file the delegation's people, propose topics and ask for meetings. Sign in with this address ({ $email }); a link will be sent to it, and no password is needed:
    { $address }

    If this is a mistake, please tell the secretariat.
refusal-already-invited = This delegation has an invitation already. Look for it in the list.
refusal-salutation-missing = Give the salutation first.
refusal-no-address = There is no e-mail address. Give one first.
refusal-reply-after-end = The edition is over by then. Choose an earlier day.
refusal-reply-link-over = This link is no longer valid. Ask the secretariat for a new one.
