office-title = Offices
office-lead = Who presides, who answers for languages, who interprets and who works for the host: each for a time, given by the secretariat.
office-none = Nobody holds an office of this edition yet. Give the first one below.
office-role = Office
office-role-chair = Chair of the negotiations
office-role-language_officer = Language officer
office-role-interpreter = Interpreter
office-role-host = Host city's office
office-name = Name
office-from = From
office-until = Until
office-over = Ended
office-end = End now
office-email = E-mail address
office-lang = Language of mails
office-last-day = Last day
office-last-day-hint = Leave empty to end when the personal data of this edition is deleted.
office-give-title = Give an office
office-give = Give the office and send the link
office-mail-subject = Your office: { $office }
office-mail =
    Hello, { $name }.

    The secretariat has given you an office for { $edition }: { $office }.

    Open this link and press "Sign in"; it serves once, within { $days } days:
    { $address }

    Afterwards you sign in with this e-mail address; there is no password.
