edition-list = Editions of the dialogue
edition-search = Find an edition by title or city
edition-none = There is no edition here yet. When the secretariat opens one, its dates, host and programme appear on this page.
edition-open = Open an edition
edition-edit = Change the edition
edition-save = Save
edition-host = Host city
edition-host-hint = Begin to type a name in any language and choose from the suggestions.
edition-days = Dates
edition-mode = Format
edition-mode-in_person = In person
edition-mode-online = By video
edition-mode-hybrid = In person and by video
edition-mode-emergency = Urgent, by video
edition-languages = Languages of the meeting
edition-languages-hint = Chinese and Russian are official; the others are working languages.
edition-initiators = Initiators
edition-initiators-hint = Each line stands in the letterhead of the invitations, in the language of the letter.
edition-initiator = Line { $n }
edition-precedence = Order of precedence
edition-precedence-hint = One declared order for lists, speakers, seating and signatures: by rank, then as chosen here.
edition-order = By rank, then { $rule }
edition-order-zh = by name in Chinese (pinyin)
edition-order-ru = by name in Russian (alphabet)
edition-order-en = by name in English (alphabet)
edition-order-lots = by lots
edition-zone = Time zone
edition-zone-hint = All times are told in it. Leave it empty to take the host city's, such as Asia/Shanghai.
edition-series = Series
edition-series-new = A new series
edition-series-name = Name of the new series
edition-title = Title
edition-title-hint = As the initiators state it in each language.
edition-first-day = First day
edition-last-day = Last day
edition-call = Call for topics
edition-call-make = Call for topics
edition-call-edit = Change the call for topics
edition-call-open = Call for topics is open
edition-call-from = Topics can be proposed from { $day }.
edition-call-until = Topics can be proposed until { $day } inclusive.
edition-call-over = The call closed on { $day }.
edition-call-topics = Topics proposed so far
edition-brief = What is asked of the cities
edition-opens = First day
edition-closes = Last day
edition-yours = What you can do here
edition-your-delegation = Your delegation
edition-your-delegation-why = File the people who come and keep the list right.
edition-your-topic-why = Say what the cities should discuss; others can support it.
edition-your-meetings-why = Ask for bilaterals and answer requests. Only the two sides and the organisers see them.
edition-work = The work on this edition
edition-step-topics =
    { $all ->
        [0] No topics yet
        [one] { $all } topic
       *[other] { $all } topics
    }{ $undecided ->
        [0] {""}
       *[other] ; { $undecided } to be decided
    }
edition-step-invitations =
    { $all ->
        [0] No invitations yet
       *[other] { $sent } of { $all } sent, { $answered } answered
    }
edition-step-delegations =
    { $delegations ->
        [one] { $delegations } delegation
       *[other] { $delegations } delegations
    }, { $people ->
        [one] { $people } person filed
       *[other] { $people } people filed
    }
edition-step-meetings =
    { $n ->
        [0] No requests yet
        [one] { $n } request
       *[other] { $n } requests
    }
edition-step-venues =
    { $n ->
        [0] No halls yet
        [one] { $n } hall
       *[other] { $n } halls
    }
edition-step-sessions =
    { $n ->
        [0] No sessions yet
        [one] { $n } session
       *[other] { $n } sessions
    }
edition-step-plan =
    { $n ->
        [0] Not planned yet
        [one] Planned once
       *[other] Planned { $n } times
    }
edition-step-programme =
    { $n ->
        [0] Not released yet
        [one] { $n } release
       *[other] { $n } releases
    }
edition-next-topics = Decide on topics
edition-next-invitations = See to the invitations
edition-next-delegations = See to the delegations
edition-next-meetings = See to the bilaterals
edition-next-venues = Enter the venues
edition-next-sessions = Enter the sessions
edition-next-plan = Plan
edition-next-programme = Release the programme
refusal-city-unknown = No city of the register has this name. Choose from the suggestions.
refusal-city-several = Several cities have this name. Write one of these: { $labels }
edition-nav-interpreters = Interpreters
edition-nav-assignments = My assignments
