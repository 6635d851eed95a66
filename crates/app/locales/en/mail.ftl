mail-release-subject = { $edition }: programme, release { $number }, { $number ->
    [1] { $n ->
        [one] { $n } entry
       *[other] { $n } entries
    }
   *[other] { $n ->
        [one] { $n } change
       *[other] { $n } changes
    }
} for you
mail-release = Hello. Release { $number } of the programme of { $edition } is out. This concerns your delegation:
mail-release-added = New: { $what }
mail-release-dropped = Cancelled: { $what }
mail-release-moved = Moved: { $what } (was: { $was })
mail-release-relocated = Other place: { $what } (was: { $was })
mail-release-amended = Amended: { $what }
mail-release-entry = { $title } — { $place }
mail-release-place = { $day }, { $time }, { $hall }, { $venue }
mail-release-more = And { $n } more; see the whole programme.
mail-release-see = In full: { $address }
mail-release-restaffed = The team has changed: { $what }
mail-assignment-subject = { $edition }: programme, release { $number }, { $number ->
    [1] { $n ->
        [one] { $n } assignment for you
       *[other] { $n } assignments for you
    }
   *[other] { $n ->
        [one] { $n } change to your assignments
       *[other] { $n } changes to your assignments
    }
}
mail-assignment = Good day. Release { $number } of the programme of { $edition } is out. { $number ->
    [1] These are your assignments
   *[other] These are the changes to your assignments
}; please keep them confidential:
mail-interpreter-subject = { $title }: your assignments as an interpreter
mail-interpreter = { $name }, good day. You stand in the roster of interpreters of { $title }. To see your assignments, sign in with this address ({ $email }): { $address }
mail-release-arrival = Arrival of your delegation: { $at }
mail-release-excused = You are excused from: { $what }
mail-release-departure = Departure of your delegation: { $at }
mail-release-confidential = Whom your delegation meets is known to the two sides and the organisers alone; please keep it confidential.
