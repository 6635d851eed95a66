sheet-save = Save this list:
sheet-title = What to print for release { $number }
sheet-lead = Each sheet opens as a PDF in Chinese, Russian or English. Hand each to those who need it: on the sheets of halls and drivers no bilateral names its sides.
sheet-none = Nothing is scheduled on this day.
sheet-notice-public = Sessions open to all
sheet-notice-public-none = The sessions open to all are held as in the previous release: nothing has changed.
sheet-notice-own-none = Your programme is the same as in the previous release: nothing has changed.
sheet-changed = changed
sheet-notice = Notice of change
sheet-notice-why = For posting: sessions only.
sheet-notice-needless = No session has changed, so there is nothing to post for everyone.
sheet-released = Release { $number } was published on { $at }. Everyone concerned has been told by mail.
sheet-notice-own = Notice of change:
sheet-delegations = Delegations concerned
sheet-delegations-none = No delegation’s agenda differs from the previous release.
sheet-halls = Halls
sheet-halls-why = The day of each hall: what is on, for how many it was planned and how many are filed, in which languages, what has changed. A bilateral stands there without names.
sheet-hall = Hall sheet
sheet-transfers = Drivers
sheet-transfers-why = One page for each delegation: from the airport or station, between the sites, and away. Flight, hotel, car and driver are lines to be filled by hand.
sheet-transfer = Journeys
sheet-booths = { $n ->
    [one] { $n } booth
   *[other] { $n } booths
}
sheet-free-from = free from { $time }
sheet-be-there = there by { $time }
sheet-leave = leave by { $time }
sheet-road = { $n ->
    [one] { $n } minute on the road
   *[other] { $n } minutes on the road
}
sheet-back = Back to the hotel
sheet-arrival = Arrival
sheet-departure = Departure
sheet-interpreters = Interpreters
sheet-interpreters-why = The day of each interpreter, a page a person; only the team of a meeting knows its sides. The chief interpreter prints the whole team or one person.
sheet-interpreters-all = The whole team:
sheet-interpreter = Interpreter sheet
sheet-planned = planned for { $n ->
    [one] { $n } person
   *[other] { $n } people
}
sheet-filed = { $n ->
    [one] { $n } person filed ({ $sides })
   *[other] { $n } people filed ({ $sides })
}
sheet-of-delegations = { $n ->
    [one] { $n } delegation
   *[other] { $n } delegations
}
sheet-over-capacity = Please note: more people are filed than the hall holds ({ $n }).
sheet-over-plan = Please note: more people are filed than planned.
sheet-seats = at least { $n ->
    [one] { $n } seat
   *[other] { $n } seats
}
sheet-side-by-side = { $n } bilateral meetings side by side
sheet-number-of = { $number } of { $of }
sheet-at-once = directly after the previous one
sheet-moved-away = Moved away
sheet-there = there by { $time }
sheet-terminal = airport or station
sheet-lodging = hotel
sheet-stay-changed = Changed
sheet-departs = flight or train at { $time }
sheet-blank-flight = Flight or train:
sheet-blank-car = Car, number:
sheet-blank-driver = Driver, telephone:
sheet-blank-hotel = Hotel:
sheet-blank-liaison = Liaison officer, telephone:
sheet-blank-leave = Leaves at:
sheet-dispatch = All journeys
sheet-dispatch-why = All journeys in one table for whoever sends the cars: by time, with room for car and driver.
sheet-dispatch-lead = For whoever sends the cars. Not to be put up.
sheet-head-time = Time
sheet-head-whose = Delegation
sheet-head-way = Journey
sheet-head-car = Car, driver
sheet-transfer-own = Journeys:
sheet-notice-number = Notice No. { $n }
sheet-signature = Signed:
sheet-languages-were = languages were: { $was }
sheet-interpreter-new = Interpreters: { $now }
