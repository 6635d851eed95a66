coverage-title = Coverage
coverage-no-roster = There are no interpreters yet. Once there are, this page shows how each activity is covered.
coverage-not-planned = Plans assign nobody yet. When the roster is complete, switch it on in the rules.
coverage-no-plan = There is no draft yet. Once there is, this page shows who interprets what.
coverage-all = with interpretation
coverage-staffed = staffed
coverage-short = short of interpreters
coverage-waived = with a waiver
coverage-show-all = Show all
coverage-activity = Activity
coverage-when = Time and place
coverage-languages = Languages
coverage-needs = Needs
coverage-team = Team
coverage-missing = Shortfalls and waivers
coverage-relays = Relay
coverage-relay = relay: { $path }
coverage-unplaced = No place
coverage-whole = covered
coverage-lack = shortfall
coverage-waiver = waiver
coverage-unrecorded = { $n ->
    [one] { $n } has not agreed to be recorded
   *[other] { $n } have not agreed to be recorded
}
coverage-unrecorded-title = Without consent to recording
