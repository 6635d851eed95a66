delegation-none = No delegation yet. Each appears here when its invitation is accepted.
delegation-mine = My delegation
delegation-party = Delegation
delegation-place = Place
delegation-rank = Level
delegation-rank-head = Head
delegation-rank-deputy = Deputy head
delegation-rank-official = Official
delegation-rank-expert = Expert
delegation-rank-business = Business
delegation-rank-media = Media
delegation-rank-companion = Companion
delegation-head = Office of its leader
delegation-head-open = Not yet stated
delegation-people = People
delegation-quota = Quota
delegation-languages = Working languages
delegation-arrival = Arrival
delegation-arrival-hint = In the local time of the edition, such as 17 May 2027, 20:10.
delegation-departure = Departure
delegation-attends = Takes part
delegation-attends-yes = Yes
delegation-attends-no = It no longer takes part.
delegation-busy = Called away
delegation-busy-hint = Untick a time that no longer holds.
delegation-stay = Stay and languages
delegation-city = City
delegation-edit = Change stay and languages
delegation-save = Save
delegation-not-yours = Its people and stay are open only to this delegation and the organisers.
delegation-by-hand = placed by hand
delegation-order = Order of precedence
delegation-order-alphabet = By level first, then by name in { $lang }.
delegation-order-lots = By level first, then as drawn by lots.
delegation-order-by-hand = Give a place by hand
delegation-order-whom = Delegation
delegation-order-place = Place
delegation-order-place-hint = Counted from 1. The other delegations move along.
delegation-order-reason = Reason
delegation-order-reason-hint = Kept with the order; only the organisers see it.
delegation-order-save = Save the place
delegation-order-undo = Back to the rule
delegation-lists = Lists of everybody
delegation-lists-why = Upload all delegations with their people from your own workbook, or save them as one. Only the organisers see this.
delegation-import = Upload delegations and people
delegation-import-shapes = People under the name of their delegation, a row for each delegation, or a sheet for each: all three will do.
delegation-import-new = A city of the register that has no delegation yet gets one; nobody is invited by this.
delegation-import-done = The list is stored. Delegations formed: { $formed }; delegations changed: { $altered }; people added: { $added }; people changed: { $changed }.
delegation-import-formed = { $n ->
    [one] delegation to be formed
   *[other] delegations to be formed
}
delegation-import-altered = { $n ->
    [one] delegation to be changed
   *[other] delegations to be changed
}
delegation-import-added = { $n ->
    [one] person to be added
   *[other] people to be added
}
delegation-import-changed = { $n ->
    [one] person to be changed
   *[other] people to be changed
}
delegation-import-delegations = Delegations
delegation-import-stays = as it is
delegation-import-alter = changed
delegation-import-new-one = formed
delegation-import-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
delegation-import-strangers = Unknown names
delegation-import-strangers-hint = These are neither cities of the register nor known organisations. Say what each is called here, or tick those that are organisations to form delegations of; then check again.
delegation-import-means = What the register calls it
delegation-import-new-body = An organisation; form a delegation of it
refusal-order-moved = Somebody has just changed this edition. What stands is shown above; save once more if it is still needed.
refusal-party-unknown = “{ $said }” is neither a city of the register nor a known organisation. Correct the name, tick it below as an organisation, or leave the row out.
refusal-party-several = More than one city or organisation is called “{ $said }”. Write the name in full.
refusal-party-missing = It is not stated whose delegation this is.
refusal-delegation-withdrawn = This delegation no longer takes part. Put it back on its page first, or leave the row out.
refusal-delegation-gone = This delegation no longer takes part.
refusal-over-quota-office = The quota is { $most } people. Raise it on the delegation’s page or in a quota column, or leave the row out.
refusal-day-without-time = “{ $said }” names no hour, so that the delegation’s own arrival or departure is not stored yet.
refusal-stay-hour = “{ $said }” names no hour, and another day is stored for the delegation. Add the hour, for example 17.05 14:30, or empty the cell to keep what is stored.
refusal-stay-differs = “{ $said }”: row { $row } names another time for the same delegation. Correct one of the two cells or empty it.
refusal-level-differs = The level of the head differs from that of the delegation in row { $row }. Correct one of the two cells: the delegation’s place in the order of precedence depends on it.
refusal-level-unsaid = Neither the list nor the office says the category of the new head: the delegation keeps its level. Please check it.
