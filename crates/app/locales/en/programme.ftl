programme-title = Programme
programme-none = The programme has not been released yet. It will appear here, and the secretariat will tell those concerned.
programme-nothing = Nothing fits. Change what you filter by.
programme-no-draft = There is no draft yet. Plan first, then release.
programme-release-of = Release { $number } of { $at }
programme-release-number = Release { $number }
programme-zone = All times are local ({ $zone }).
programme-newer = This is not the newest programme.
programme-newest = See the newest
programme-kind = Kind
programme-kind-any = Every kind
programme-tongue = Language
programme-tongue-any = Every language
programme-filter = Filter
programme-days = Days
programme-day = Day
programme-from = From
programme-until = Until
programme-entry = Activity
programme-hall = Hall
programme-venue = Site
programme-bilateral = Bilateral meeting
programme-releases = All releases
programme-pdf = Programme as PDF:
programme-delegations = Delegations in the declared order
programme-delegation = Delegation
programme-leader = Head of delegation
programme-office = Office
programme-changes = Changes
programme-changes-see = What changed
programme-changes-from = Before
programme-changes-to = After
programme-changes-nothing = (nothing)
programme-changes-none = Nothing that is open to you differs between the two.
programme-changes-count = { $n ->
    [one] { $n } change
   *[other] { $n } changes
}
programme-compare = Compare
programme-draft = Draft
programme-change-added = New
programme-change-dropped = Cancelled
programme-change-moved = Moved
programme-change-relocated = Other place
programme-change-amended = Amended
programme-change-was = Was:
programme-release = Release the programme
programme-release-do = Release, and tell those concerned
programme-note = Note on this release
programme-note-hint = Optional. Everyone can read it: do not mention bilaterals.
programme-figure-number = number of the new release
programme-figure-entries = { $n ->
    [one] activity
   *[other] activities
}
programme-figure-changes = { $n ->
    [one] change
   *[other] changes
}
programme-warn-clashes = { $n ->
    [one] { $n } place in the draft no longer keeps the rules. Look at the plan first.
   *[other] { $n } places in the draft no longer keep the rules. Look at the plan first.
}
programme-warn-unplaced = { $n ->
    [one] { $n } activity has no place and time, and will not be in the programme.
   *[other] { $n } activities have no place and time, and will not be in the programme.
}
programme-warn-gone = { $n ->
    [one] { $n } item of the draft has been cancelled since, and will not be in the programme.
   *[other] { $n } items of the draft have been cancelled since, and will not be in the programme.
}
programme-draft-moved = The draft or the programme changed while you were looking. This is how it stands now; check it and release again.
refusal-release-unchanged = The draft says the same as the released programme; there is nothing to release.
refusal-release-no-draft = There is no draft yet.
refusal-pdf-not-built = PDFs are not in this build. Print the page itself, or ask the administrator.
refusal-pdf-not-for-archives = This print cannot be kept in the form for archives (PDF/A), so it was not made. Take the Word or web page file, and tell the administrator: the log says why.
refusal-pdf-fonts-missing = The server has no font for: { $languages }. Ask the administrator.
programme-sheets = What to print
programme-change-without = Without:
programme-change-restaffed = Other interpreters
programme-change-teams = Interpreters: { $now } (were: { $was })
programme-changes-dropped = Cancelled
programme-changes-moved = Moved
programme-changes-relocated = Other place
programme-changes-added = New
programme-changes-amended = Amended
programme-changes-restaffed = Other interpreters only
programme-stays = No entry differs. The journeys or the attendance of these delegations do:
programme-warn-regrets = These delegations sent regrets and still have a place in the programme, in its order of precedence and in the cars. If they do not come, say so on their page.
