meeting-none = No delegation has asked for a meeting yet.
meeting-none-own = No meeting yet. Choose one of the suggestions below, or ask on your own.
meeting-ask = Ask for a meeting
meeting-send = Send the request
meeting-choose = Choose
meeting-on-behalf = On behalf of:
meeting-as = Whose meetings to show
meeting-as-show = Show
meeting-as-all = All meetings
meeting-confidential = A meeting is known to its two sides and the organisers alone; no other delegation sees it.
meeting-waiting = Waiting for your answer
meeting-received = Requests received
meeting-asked = Requests sent
meeting-with = With
meeting-from = Asked by
meeting-to = Asked of
meeting-purpose = About
meeting-purpose-hint = Both sides see it; one language is enough.
meeting-purpose-theme = Exchange of experience: { $theme }
meeting-wish = Importance
meeting-wish-must = essential
meeting-wish-nice = desirable
meeting-lasts = Length
meeting-minutes = Length, in minutes
meeting-minutes-n = { $n } min
meeting-minutes-countered = { $asked } min, { $proposed } min proposed instead
meeting-state = State
meeting-state-requested = requested
meeting-state-countered = countered
meeting-state-accepted = agreed
meeting-state-declined = not taking place
meeting-state-withdrawn = withdrawn
meeting-state-us = waits for your answer
meeting-state-them = waits for the other side
meeting-answer-of = Answer of
meeting-answer-accept = Accept
meeting-answer-decline = Decline
meeting-answer-withdraw = Withdraw the request
meeting-answer-counter = Propose this length
meeting-counter = Another length, in minutes
meeting-suggested = Whom to meet
meeting-suggested-none = No other city’s offers and needs match yours yet. They appear here when cities enter them in the register.
meeting-why-and = ,{" "}
meeting-why-take = They offer what you look for: { $take }.
meeting-why-give = They look for what you offer: { $give }.
meeting-why-both = They offer what you look for ({ $take }) and look for what you offer ({ $give }).
meeting-why-words = In the words of both
meeting-why-offer = Offered:
meeting-why-need = Needed:
meeting-mail-requested = { $who } asks for a meeting
meeting-mail-accepted = { $who } agrees to the meeting
meeting-mail-declined = The meeting with { $who } does not take place
meeting-mail-countered = { $who } proposes another length for the meeting
meeting-mail-withdrawn = { $who } withdraws its request for a meeting
meeting-mail =
    Hello.

    { $what }.
    Your delegation: { $own }
    { $edition }

    Details and answer (sign-in needed):
    { $address }

    Only the two sides and the organisers know of this; please do not forward it.
refusal-meeting-open = You already have a meeting or a request with this delegation: see the list.
meeting-search = Find by delegation or purpose
meeting-none-found = No such meeting.
