plan-title = Draft of the programme
plan-none = There is no draft yet. The plan finds a place and a time for every session and every accepted bilateral, and says why where it cannot.
plan-begin = Plan
plan-again = Plan again
plan-what = { $n ->
    [one] { $n } activity is to be placed
   *[other] { $n } activities are to be placed
}; { $pins ->
    [0] nothing is pinned.
    [one] { $pins } pin is kept.
   *[other] { $pins } pins are kept.
}
plan-hours = Working hours
plan-hours-why = Nothing is put outside these hours, or over lunch, unless its start is given or pinned. Nor is anything within an hour after a delegation lands or before it departs.
plan-from = Start of the day
plan-until = End of the day
plan-lunch-from = Start of lunch
plan-lunch-until = End of lunch
plan-running = Planning
plan-waiting = Waiting to begin …
plan-so-far = { $placed } of { $total } placed. The plan is still getting better.
plan-enough = Good enough, stop
plan-cancel = Cancel
plan-curve = How the plan is getting better
plan-curve-seconds = Seconds
plan-curve-placed = Placed
plan-curve-score = Cost (lower is better)
plan-cancelled = The run was cancelled. The earlier draft, if there is one, stands.
plan-failed = The run was broken off by an error of ours. The earlier draft, if there is one, stands. Try again; if it happens again, tell the secretariat.
plan-placed = placed
plan-unplaced = without a place
plan-pins = pinned
plan-made = Computed { $at }
plan-clashes = { $n ->
    [one] { $n } thing no longer fits
   *[other] { $n } things no longer fit
}
plan-clashes-why = Something was changed after this draft was made. Plan again, or move these by hand.
plan-clash-with = in the way:
plan-unplaced-title = What has no place, and why
plan-unplaced-why = Change what stands in the way, or put the activity somewhere by hand; then plan again.
plan-unplaced-none = Everything has a place.
plan-reason-of = { $reason }: { $name }
plan-opening = { $when }, { $hall }. In the way: { $reasons }
plan-reason-many = Too much stands in the way to list it here. See to the others first.
plan-reason-busy = busy at that time
plan-reason-absent = not there at that time
plan-reason-hall_taken = the hall is taken
plan-reason-no_hall = hall of the wrong kind or too small
plan-reason-closed = the hall is closed
plan-reason-no_booth = too few interpreters’ booths
plan-reason-order = what must come first leaves no time
plan-reason-travel = the way between two sites takes too long
plan-reason-hours = outside the working hours, or not on an allowed day
plan-reason-lunch = in the lunch break
plan-reason-pinned = its given place or start cannot be kept
plan-views = Views of the draft
plan-view-overview = Overview
plan-view-days = By day
plan-view-halls = By hall
plan-view-delegations = By delegation
plan-days = Days
plan-day-empty = Nothing on this day.
plan-pinned = pinned
plan-drag = Open an activity to pin it to another hall or time; on a wide screen you can simply drag it there. What was in its way is moved at once.
plan-delegation = Delegation
plan-show = Show
plan-bilateral = Bilateral
plan-gone = (deleted)
plan-column-day = Day
plan-column-from = Start
plan-column-until = End
plan-column-who = Delegations
plan-column-reasons = Why it has no place
plan-place = Place in the draft
plan-place-none = None
plan-pin-title = Pin it by hand
plan-pin-why = A pinned activity stays where it is when you plan again. What is in its way is moved at once.
plan-pin-hall = Hall
plan-pin-start = Start
plan-pin-save = Pin it here
plan-pin-clash = It cannot be pinned here
plan-unpin = Remove the pin
refusal-time = Give the time as hours and minutes, such as 09:00.
refusal-nothing-to-plan = There is nothing to plan yet. Add sessions first, or wait for accepted bilaterals.
refusal-plan-moved = The draft has just been changed by somebody else. Look at it again, then pin.
plan-reason-interpreters = not enough interpreters
plan-keep = What was released
plan-keep-released = keep its times, halls and interpreters where possible
plan-lost = { $n ->
    [one] { $n } activity of release { $number } has no place in the draft
   *[other] { $n } activities of release { $number } have no place in the draft
}
plan-silent = { $n ->
    [one] { $n } delegation has not stated its working languages, so nobody can be found to interpret its meetings: { $names }
   *[other] { $n } delegations have not stated their working languages, so nobody can be found to interpret their meetings: { $names }
}
plan-reason-by = { $name } ({ $by })
plan-files = The problem and the draft as files
plan-files-why = For whoever wants to check or plan outside of this platform: what is asked of the planner and what it found, as the command “caravanserai plan” reads it. The files hold identifiers and no names, but they tell who meets whom: hand them to nobody who may not know.
plan-files-problem = What is to be planned (JSON)
plan-files-draft = The draft (JSON)
