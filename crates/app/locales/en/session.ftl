session-none = No session yet. Add the opening, the forums, the visits and the meals; the plan then finds their place and time.
session-new = Add a session
session-save = Save the session
session-find = Find a session
session-count = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
session-title = Title
session-kind = Kind
session-kind-any = All kinds
session-kind-opening = Opening ceremony
session-kind-plenary = Plenary
session-kind-forum = Parallel forum
session-kind-roundtable = Mayors’ roundtable
session-kind-matching = Business matching
session-kind-culture = Cultural event
session-kind-visit = Visit in the city
session-kind-meal = Meal
session-kind-signing = Signing
session-kind-press = Press
session-kind-working_group = Working group
session-kind-closing = Closing ceremony
session-minutes = Length, in minutes
session-people = People expected
session-people-hint = The hall must hold as many.
session-attendance = Who comes
session-attendance-everyone = Every delegation
session-attendance-delegations = Only the delegations ticked below
session-everyone = Everyone
session-delegations = Delegations
session-delegations-hint = Counts only when “Only the delegations ticked below” is chosen.
session-delegations-count = { $n ->
    [one] { $n } delegation
   *[other] { $n } delegations
}
session-languages = Languages
session-languages-hint = Spoken and interpreted. A hall with seats needs one booth for each language but the first.
session-halls = Halls
session-halls-hint = Tick the halls in which it can take place. None ticked: any hall or room that is large enough.
session-hall-capacity = (for { $n })
session-any-hall = Any that fits
session-days = Days
session-days-hint = Tick the days on which it can take place. None ticked: any day.
session-any-day = Any day
session-when = When
session-fixed = Given start
session-fixed-hint = Only when the time is decided already. It counts more than the days, and may lie outside the working hours.
session-after = After
session-after-hint = Sessions that must have ended before this one begins.
session-delete = Delete this session
session-delete-title = Delete “{ $title }”?
session-delete-why = The session disappears from the next draft of the programme, and from the order of other sessions. What has been released stays as it is.
session-delete-yes = Delete
session-delete-no = Keep it
refusal-five-minutes = Give a start on five full minutes, such as 09:00 or 09:05.
refusal-after-circle = These sessions wait for each other in a circle. Untick one of them.
refusal-outside-edition = This is not a day of the edition.
refusal-halls-too-small = None of these halls holds so many people. Tick a larger one, or correct the number.
refusal-halls-lack-booths = { $need ->
    [1] None of these halls has an interpreters’ booth. Tick another hall, or correct the languages.
   *[other] None of these halls has { $need } interpreters’ booths. Tick another hall, or correct the languages.
}
