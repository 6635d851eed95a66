assignment-title = My assignments
assignment-none = The programme has not been released yet. Your assignments will appear here once it is.
assignment-empty = The released programme has nothing for you.
assignment-stranger = Your address is not in the roster of interpreters. If that is wrong, ask the host office.
assignment-confidential = Who meets whom, and about what, is confidential: only the two sides, the organisers and the interpreters of that meeting know of it.
assignment-with = { $n ->
    [1] with { $names }
   *[other] with colleagues: { $names }
}
assignment-turns = You interpret: { $turns }
assignment-sheet = Sheet of the day (PDF):
assignment-back = Back to my assignments
