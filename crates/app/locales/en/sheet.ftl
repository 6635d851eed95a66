sheet-save = Save this list:
sheet-title = What to print for release { $number }
sheet-lead = Each sheet opens as a PDF in Chinese, Russian or English. Hand each to those who need it: on the sheets of halls and drivers no bilateral names its sides.
sheet-none = Nothing is scheduled on this day.
sheet-notice-public = Sessions open to all
sheet-notice-public-none = The sessions are as in the release before: nothing has changed.
sheet-notice-own-none = Your programme is as in the release before: nothing has changed.
sheet-changed = changed
sheet-notice = Notice of change
sheet-notice-why = For everyone, to be put up: sessions alone.
sheet-notice-own = Notice of change:
sheet-delegations = Delegations concerned
sheet-delegations-none = No delegation’s agenda differs from the release before.
sheet-halls = Halls
sheet-halls-why = The day of each hall: what is on, for how many, in which languages. A bilateral stands there without names.
sheet-hall = Hall sheet
sheet-transfers = Drivers
sheet-transfers-why = The journeys between the sites, one page for each delegation.
sheet-transfer = Journeys
sheet-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
sheet-booths = { $n ->
    [one] { $n } booth
   *[other] { $n } booths
}
sheet-from = from { $venue }
sheet-free-from = free from { $time }
sheet-be-there = there by { $time }
sheet-leave = by { $time }
sheet-road = { $n ->
    [one] { $n } minute on the road
   *[other] { $n } minutes on the road
}
sheet-back = Back
sheet-arrival = Arrival
sheet-departure = Departure
sheet-interpreters = Interpreters
sheet-interpreters-why = The day of each interpreter, a page a person; only the team of a meeting knows its sides. The chief interpreter prints the whole team or one person.
sheet-interpreters-all = The whole team:
sheet-interpreter = Interpreter sheet
