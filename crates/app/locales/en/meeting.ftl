meeting-none = No delegation has asked for a meeting yet.
meeting-none-own = No meeting yet. Choose one of the suggestions below, or ask on your own.
meeting-ask = Ask for a meeting
meeting-send = Send the request
meeting-choose = Choose
meeting-on-behalf = On behalf of:
meeting-as = Whose meetings to show
meeting-as-show = Show
meeting-as-all = All meetings
meeting-confidential = A meeting is known only to its two sides and the organisers; no other delegation sees it.
meeting-waiting = Waiting for your answer
meeting-received = Requests received
meeting-asked = Requests sent
meeting-dropped = Proposed by the organisers and not taken up
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
meeting-state = Status
meeting-state-proposed = proposed by the organisers
meeting-state-dropped = proposal not taken up
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
meeting-mail-proposed = The organisers propose a meeting with { $who }
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

# Requests from a workbook.
meeting-import = Upload requests
meeting-import-why = A list as you have it will do, last summit’s too: headings in Chinese, Russian or English, with merged cells; one cell may name several partners. It needs the columns “Asked by” and “Asked of”; topic, length, importance and status are taken where they are given. You see what it will do before anything is stored.
meeting-import-new = new
meeting-import-known = already listed or repeated
meeting-import-known-title = Requests already listed or repeated
meeting-import-clashes = { $n ->
    [one] clash
   *[other] clashes
}
meeting-import-clashes-title = Clashes in the list
meeting-import-clashes-why = One delegation has two meetings at the same time. Times of the list are not taken: planning finds them.
meeting-import-clash = rows { $first } and { $second }
meeting-import-more = And { $n } more.
meeting-import-unsaid = as chosen below
meeting-import-otherwise = Requests whose status is not given
meeting-import-requested = wait for the other side’s answer; it is told
meeting-import-accepted = both sides agree already; they are planned
meeting-import-purpose = bilateral meeting
refusal-meeting-side-missing = It is not stated who asks or who is asked.
refusal-meeting-length-unread = The length “{ $said }” cannot be read. Give it in minutes, for example 30.
refusal-delegation-unknown = This edition has no delegation called “{ $said }”. Add it first, or correct the name.
refusal-delegation-several = More than one delegation is called “{ $said }”. Write the name in full.

# Proposed by the office for all delegations at once.
meeting-proposal = Proposed meetings
meeting-proposal-why = Pairs of delegations of which one offers what the other looks for, chosen so that nobody is left far behind. Pairs between which there has been a request, however it ended, are not proposed again. Only the organisers see this page.
meeting-proposal-most = Most new meetings for each delegation
meeting-proposal-most-hint = A number from 1 to 8.
meeting-proposal-show = Propose
meeting-proposal-pairs =
    { $n ->
        [one] pair proposed
       *[other] pairs proposed
    }
meeting-proposal-reached = of { $of } delegations that have a match get at least one meeting
meeting-proposal-fewest = fewest for one delegation
meeting-proposal-largest = most for one delegation
meeting-proposal-none = There is nobody to propose: no two delegations that are still to meet offer what the other looks for. Offers and needs are entered on the cities’ pages.
meeting-proposal-pair = Delegations
meeting-proposal-reason = Reason
meeting-proposal-language = Common language
meeting-proposal-apart = none, interpretation is needed
meeting-proposal-tied = They are sister or friendly-exchange cities.
meeting-proposal-told = Both sides are told that the organisers propose the meeting. It becomes the request of whichever agrees first; the other one answers.
meeting-proposal-ask = Send the ticked requests
meeting-proposal-done =
    { $n ->
        [0] No request was sent.
        [one] One request was sent; the contacts of both sides are told, where there are any.
       *[other] { $n } requests were sent; the contacts of both sides of each are told, where there are any.
    }
meeting-proposal-passed =
    { $n ->
        [one] One pair was passed over: it has a request by now, or it no longer fits.
       *[other] { $n } pairs were passed over: they have a request by now, or they no longer fit.
    }
meeting-reason-take = { $to } offers what { $from } looks for: { $take }.
meeting-reason-give = { $to } looks for what { $from } offers: { $give }.
meeting-reason-both = { $to } offers what { $from } looks for ({ $take }) and looks for what { $from } offers ({ $give }).
refusal-meeting-proposal-unticked = No pair is ticked. Tick those who are to be asked.
meeting-import-done = The list is stored. New requests: { $added }; already listed or repeated: { $known }; rows not taken: { $untaken }.
meeting-import-no-heading = No two columns “Asked by” and “Asked of” were recognised. Say in which rows the heading stands and what each column holds, then check again.
meeting-import-strangers-hint = This edition has no delegations of these names. Choose whom each means, once for all its rows, or leave the rows out below; then check again.
meeting-import-twin = the same as row { $row }
meeting-import-there = already listed:
meeting-import-remarks = The words of these columns are stored with each meeting as a remark that only the organisers can see:
meeting-remark = Remark of the office
meeting-remark-hint = Only the organisers see it; neither side does.
meeting-column-aside = Not taken
meeting-column-from = Asked by
meeting-column-to = Asked of
meeting-column-purpose = About
meeting-column-wish = Importance
meeting-column-minutes = Length
meeting-column-state = Status
meeting-column-start = Time
meeting-column-remark = Remark of the office
