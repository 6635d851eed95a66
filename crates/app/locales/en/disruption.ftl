disruption-lead = Something happened after the programme was released? Say what. You are shown two or three options; what has begun stays, and nothing changes until you choose.
disruption-no-release = The programme has not been released yet. Until then, change the draft and plan again.
disruption-draft = There is a draft that has not been released. The options below start from the released programme; the one you choose takes the draft’s place.
disruption-said = What happened?
disruption-said-example = In your own words, such as “Bishkek lands three hours late”, “Ufa leaves at 15:00”, “Pine Room is closed from 14 to 16”, “the plenary runs 40 minutes longer” or “the concert is called off”.
disruption-not-understood = This was not understood. Name one delegation, hall, session or interpreter and what happened, or choose below.
disruption-earlier = It arrives earlier than was planned for. The programme can stand. What was moved or dropped for its sake is given back by an option below, where that is still possible; otherwise plan again without keeping what was released, or pin it.
disruption-show = Show the options
disruption-choose = Or choose what happened
disruption-kind-late = A delegation arrives at another time
disruption-about-late = Later, or on time after all. What it misses is moved or dropped; forums do not wait for it.
disruption-kind-hall = A hall is unavailable
disruption-about-hall = For some hours or for good; what was to be there goes elsewhere.
disruption-kind-busy = A delegation is called away
disruption-about-busy = For some hours it cannot take part.
disruption-kind-withdrawn = A delegation withdraws
disruption-about-withdrawn = Its meetings that have not begun fall away; everything else stays where it is.
disruption-kind-longer = A session changes its length
disruption-about-longer = It takes longer or ends earlier. What comes after it is moved if it has to be.
disruption-kind-meeting = A new meeting
disruption-about-meeting = Two delegations have agreed to meet; a place is found without disturbing others if there is one.
disruption-pick = — Choose —
disruption-delegation = Delegation
disruption-hours = Hours late
disruption-hours-hint = Such as 3, 2.5 or 3:20; always counted from the declared arrival, however often it is told. 0: on time after all.
disruption-arrival = Or its new arrival
disruption-arrival-hint = Instead of the hours; on the clocks of the host city.
disruption-hall = Hall
disruption-session = Session
disruption-side = One delegation
disruption-to = The other delegation
disruption-from = From
disruption-until = Until
disruption-minutes = Whole length now, in minutes
disruption-begun = What has begun already
disruption-at = Keep what begins before
disruption-at-hint = What has begun by then stays as it is. Left empty: now.
disruption-again = Change what was said
disruption-answered = What happened so far
disruption-noted = noted
disruption-stays = What begins before { $at } stays as it is.
disruption-none = No option was found that keeps all the rules. Change what stands in the way and plan again.
disruption-told-late = { $known ->
    [yes] { $name }: arrival { $at } (before: { $before }).
   *[no] { $name }: arrival { $at }.
}
disruption-told-hall = { $name } cannot be used: { $span }.
disruption-told-busy = { $name } is called away: { $span }.
disruption-told-withdrawn = { $name } no longer takes part.
disruption-told-longer = “{ $name }” takes { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
} (before: { $before }).
disruption-told-meeting = { $name } and { $other } have agreed to meet.
disruption-way = Option { $number }
disruption-holds = The programme holds: nothing has to move
disruption-moves-meetings = { $n ->
    [one] moves { $n } meeting
   *[other] moves { $n } meetings
}
disruption-moves-sessions = { $n ->
    [one] changes the time or place of { $n } session
   *[other] changes the time or place of { $n } sessions
}
disruption-drops-meetings = { $n ->
    [one] drops { $n } meeting
   *[other] drops { $n } meetings
}
disruption-drops-sessions = { $n ->
    [one] drops { $n } session
   *[other] drops { $n } sessions
}
disruption-adds = { $n ->
    [one] adds { $n } meeting
   *[other] adds { $n } meetings
}
disruption-amends = { $n ->
    [one] { $n } session goes on without some delegations
   *[other] { $n } sessions go on without some delegations
}
disruption-concerns = { $n ->
    [one] concerns { $n } delegation
   *[other] concerns { $n } delegations
}
disruption-more = { $n ->
    [one] { $n } more
   *[other] { $n } more
}
disruption-note = Take note
disruption-release = Choose this: release it and notify those concerned
disruption-draft-it = Choose this: make it the draft for the secretariat to release
disruption-moved = The situation has just changed. These are the options as it stands now.
refusal-withdrawn-already = This delegation has withdrawn already.
refusal-arrives-after-leaving = This is after the delegation leaves. If it does not come at all, say that it withdraws.
refusal-same-length = The session is already planned at this length.
refusal-session-not-held = This session is not in the released programme, so its length cannot be changed here. Change it under Sessions, and plan again.
refusal-arrival-unknown = Its arrival was never stated, so give the new arrival instead of the hours.
refusal-delay = Give the delay in hours, such as 3, 2.5 or 3:20; at most 72, and 0 for on time after all.
refusal-situation-moved = Somebody has just changed the programme or what it is made from. Ask again: the options may be different now.
disruption-kind-interpreter = An interpreter is unavailable
disruption-about-interpreter = Others take over; meetings that nobody can interpret move or are dropped.
disruption-interpreter = Interpreter
disruption-interpreter-when = Without times: from today until the end.
disruption-told-interpreter = { $name } is unavailable: { $span }.
disruption-restaffs = { $n ->
    [one] changes the interpreters of { $n } activity
   *[other] changes the interpreters of { $n } activities
}
disruption-interpreters = { $n ->
    [one] concerns { $n } interpreter
   *[other] concerns { $n } interpreters
}
disruption-understood-whom = This is about { $name }, but what happened was not understood. Choose below; the delegation is filled in.
disruption-rest = Not everything was said. What was understood is filled in below.
disruption-kind-leaving = A delegation leaves at another time
disruption-about-leaving = What it can no longer attend is moved or dropped; forums do not wait for it.
disruption-departure = New departure
disruption-hall-when = Without a beginning from today on; without an end until the edition is over.
disruption-told-leaving = { $known ->
    [yes] { $name }: departure { $at } (before: { $before }).
   *[no] { $name }: departure { $at }.
}
disruption-unpins = { $n ->
    [one] lifts { $n } pin
   *[other] lifts { $n } pins
}
refusal-leaves-before-arriving = This is before the delegation arrives. If it does not come at all, say that it withdraws.
disruption-only-on = Only on one day:
disruption-least = Fewer cancellations are not possible.
disruption-kind-called-off = A session or a meeting is called off
disruption-about-called-off = It is taken out and everything else stays; what had no place may get its time.
disruption-activity = What is called off
disruption-by = Called off by
disruption-by-hint = Of a meeting: it is recorded as the answer of that side, and both sides are told.
disruption-by-both = Both sides agree
disruption-told-called-off = { $by ->
    [yes] Called off by { $name }: { $what }.
   *[no] Called off: { $what }.
}
disruption-adds-sessions = { $n ->
    [one] adds { $n } session
   *[other] adds { $n } sessions
}
disruption-returns = { $n ->
    [one] { $n } session expects the delegation again
   *[other] { $n } sessions expect the delegation again
}
disruption-declared = { $known ->
    [yes] Declared arrival: { $at }.
   *[no] No arrival was declared.
}
disruption-declared-noted = Noted on { $when }: arrival { $at }.
refusal-not-released = This is not in the released programme. Call it off on its own page.
refusal-called-off-already = This has been called off already.
refusal-begun-already = This has begun already and can no longer be called off.
refusal-not-a-side = Choose one of the two sides of this meeting.
disruption-stale = { $n ->
    [one] Apart from this news, { $n } activity of release { $number } no longer stands, because of what was changed since. Every option settles it, too. To deal with it apart, plan again and release first.
   *[other] Apart from this news, { $n } activities of release { $number } no longer stand, because of what was changed since. Every option settles them, too. To deal with them apart, plan again and release first.
}
