venue-none = No site yet. Add the sites of the meeting first, then their halls.
venue-new = Add a site
venue-edit = Change the site
venue-save = Save the site
venue-name = Name of the site
venue-travel = Travel to the other sites, in minutes
venue-travel-hint = From door to door, with boarding. Leave empty when the sites are next to each other.
venue-roads = Travel:
venue-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
hall-none = This site has no halls yet. Nothing can be planned here before it has one.
hall-new = Add a hall
hall-edit = Change the hall
hall-save = Save the hall
hall-name = Name of the hall
hall-kind = Kind
hall-kind-hint = Bilateral meetings are put into rooms and table blocks. Other sessions go into halls and rooms unless you name the place.
hall-kind-hall = Hall
hall-kind-room = Meeting room
hall-kind-tables = Block of tables
hall-kind-site = Place of visit
hall-capacity = People
hall-capacity-hint = How many people it holds. For a block of tables: all tables together.
hall-booths = Interpreters’ booths
hall-booths-hint = A session in three languages needs two booths.
hall-parallel = Meetings at the same time
hall-parallel-hint = More than one is for blocks of tables only.
hall-closed = Closed
hall-closed-hint = Times when the hall cannot be used, such as setting up. Save to get more lines; empty a line to remove it.
hall-closed-from = Closed from
hall-closed-until = Closed until
refusal-one-at-a-time = Only a block of tables takes several meetings at the same time. Write 1, or choose “Block of tables”.
