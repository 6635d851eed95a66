# What all lists have in common on their way in.
workbook-choose = Choose
workbook-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
workbook-cells = { $n ->
    [one] { $n } cell
   *[other] { $n } cells
}
workbook-unused = These columns are not used. If they are needed, say under “How the columns are read” what they hold, then check again:
workbook-notes = Read in another way than it is written, or kept in words alone: { $n }
workbook-other-file = Choose another file
workbook-aside = Titles, totals and other rows that say nothing: { $n }
workbook-blank = Leave all cells of “{ $column }” empty that cannot be read ({ $n } now)
workbook-leave-all = Leave out all other rows that cannot be read
workbook-leave-named = Leave out the rows with this name
workbook-suggest = This means “{ $name }”
workbook-cancelled = Rows that say they are cancelled
workbook-cancelled-why = These rows say of themselves that they are off, so they are not taken. Tick those that are needed all the same, then check again.
workbook-cancelled-take = This row says “{ $said }”: take it all the same
workbook-cancelled-taken = This row says that it is cancelled; take it all the same
workbook-cancelled-row = the row says “{ $said }” and is not taken
workbook-grades = Which category do these grades belong to?
workbook-grades-why = Each is asked once and answered for all rows with the same words.
workbook-leaders = The delegation has a leader already
workbook-lead-all = For all rows below without an answer
workbook-lead-replace = This person leads; the leader before becomes a member
workbook-lead-member = File this person as a member
workbook-unranked = People of whom the list states no category
workbook-unranked-rest = { $n ->
    [one] { $n } person whose category could not be read from the office either is filed as “{ $rank }”.
   *[other] { $n } people whose category could not be read from the office either are filed as “{ $rank }”.
}
workbook-unranked-read = { $n ->
    [one] { $n } person is filed by the office stated.
   *[other] { $n } people are filed by the office stated.
}
workbook-unranked-change = Change the category of an office
workbook-no-office = no office
refusal-row-cancelled = The row says “{ $said }” and is not taken.
refusal-cell-left = “{ $said }” is not taken; the cell is left empty.
refusal-word-beside-day = “{ $said }”: only the day is stored; “{ $words }” is no hour and is not.
refusal-date-pending = “{ $said }” names no time yet; what was stored before stays as it is.
refusal-words-not-kept = “{ $said }”: only the day and the hour are stored, “{ $words }” is not.
refusal-length-range = “{ $said }”: { $minutes } minutes are stored.
refusal-wish-unread = “{ $said }” does not say how important it is: stored as desirable; the words stay in the office’s remark.
refusal-time-wish-kept = The wish for a time “{ $said }” is not planned by; the words stay in the office’s remark.
refusal-time-planned-anew = “{ $said }”: planning finds the time; the words stay in the office’s remark.
refusal-meeting-parted = The row names several partners: it becomes { $n } bilateral meetings.
refusal-meeting-of-three = “{ $said }”: only bilateral meetings are planned here; enter a meeting of three as a session.
