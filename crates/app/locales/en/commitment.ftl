commitment-lead = What the texts oblige somebody to do, whom, and by when. The owner's report, the review and the calendar stand apart.
commitment-none = There is no commitment yet. The secretariat reads them from a text once it is adopted.
commitment-none-office = There is no commitment yet. Choose a text below to see what it suggests.
commitment-none-found = No commitment matches.
commitment-search = Find by words
commitment-owner-all = All owners
commitment-owner-everyone = every delegation
commitment-what = What is to be done
commitment-what-hint = Taken from the paragraph; it can be put more shortly.
commitment-owners = Owners
commitment-owners-hint = If none is ticked, every delegation is an owner.
commitment-due = Due
commitment-due-hint = Leave empty if it has no date.
commitment-measure = Measured by
commitment-measure-hint = For example: one report a year. May be left empty.
commitment-strength = Strength
commitment-strength-binding = binding
commitment-strength-intention = intention
commitment-strength-call = call
commitment-strength-encouragement = encouragement
commitment-lang = Read from the text in
commitment-save = Confirm the commitment
commitment-new = Make it a commitment
commitment-sources = Texts to read commitments from
commitment-suggestions = Commitments in the text
commitment-suggest-none = This text suggests nothing yet. Suggestions appear once its operative part is written.
commitment-verb = by the word
commitment-no-verb = no such word
commitment-uneven = The languages bind differently. Only the language officer sees this hint.
commitment-made =
    { $n ->
        [one] { $n } commitment was made of it.
       *[other] { $n } commitments were made of it.
    }
commitment-calendar = Calendar
commitment-calendar-undated = no date
commitment-calendar-ahead = date ahead
commitment-calendar-near = date near
commitment-calendar-past = past its date
commitment-calendar-reported = reported done
commitment-progress = Progress
commitment-progress-not-started = not started
commitment-progress-in-progress = in progress
commitment-progress-substantial = largely done
commitment-progress-complete = done
commitment-progress-suspended = suspended
commitment-progress-cancelled = cancelled
commitment-progress-merged = merged into another
commitment-claimed = Owner reports
commitment-not-claimed = no report yet
commitment-claims-differ = reports differ
commitment-claim-none = No owner has reported yet.
commitment-claim = Report progress
commitment-claim-save = Send the report
commitment-done = What was done
commitment-evidence = Evidence
commitment-evidence-hint = An address or the name of a document.
commitment-assessed = Review
commitment-assess-none = There is no review to show yet.
commitment-assess = Review it
commitment-assess-save = Save the review
commitment-assess-before =
    Others see the review once its owner has seen it and has replied, or has had { $n ->
        [one] { $n } day
       *[other] { $n } days
    } to reply.
commitment-grounds = Grounds
commitment-reply = Reply (may be left empty)
commitment-reply-about = The reply is shown beside the review.
commitment-seen = We have seen it
commitment-clause = The words
commitment-hash = Fingerprint of the words (SHA-256)
commitment-words-stand = The words stand unchanged in the text.
commitment-words-moved = The words in the text have changed since; the secretariat should check this commitment.
refusal-commitment-not-yours = Only its owners report and reply.
refusal-commitment-own-claim = Nobody reviews what they have reported themselves.
refusal-commitment-not-assessed = It has not been reviewed yet.
refusal-commitment-operative = Only an operative paragraph can become a commitment.
