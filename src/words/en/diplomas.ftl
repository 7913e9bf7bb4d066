diplomas-history = My history
diplomas-history-what = What you have done, when, by what evidence and under which curriculum. Of each module done you can have a certificate.
diplomas-whole = The whole history as PDF
diplomas-json = As data (JSON)
diplomas-csv = As a table (CSV)
diplomas-nothing = What you have done is shown here.
diplomas-autumn = Autumn { $year }
diplomas-spring = Spring { $year }
diplomas-editions = Programmes
diplomas-runs = Under way
diplomas-not-completed = Not completed
diplomas-left = Left
diplomas-completed = Completed
diplomas-diploma = Diploma
diplomas-make = Certificate
diplomas-proof = Certificate
diplomas-module = Module
diplomas-id = Id
diplomas-done = Done
diplomas-hours = Hours
diplomas-version = Curriculum
diplomas-all = Your certificates and diplomas
diplomas-all-what = Whoever is given the code can see your name, what the certificate is of and when. When you end it, it is no longer shown.
diplomas-end = End
diplomas-ended = The certificate has ended and can no longer be verified.
diplomas-is-ended = Ended
diplomas-record-of = { $count ->
    [one] Record of one module
   *[other] Record of { $count } modules
}
diplomas-of-module = Certificate
diplomas-of-edition = Diploma
diplomas-of-record = Record of learning
diplomas-issued-to = Issued by { $issuer } to
diplomas-has-module = has completed the module
diplomas-has-edition = has completed the programme
diplomas-has-record = has completed { $count ->
    [one] one module
   *[other] { $count } modules
}, { $hours } in all.
diplomas-extent = Extent
diplomas-outcomes = Outcomes
diplomas-edition = Edition
diplomas-role = Role
diplomas-period = Time
diplomas-from-to = { $from } to { $to }
diplomas-contents = Modules in the edition
diplomas-made = Issued on { $day } by { $issuer } in Varjedag.
diplomas-check = Check that it is genuine at { $address }
diplomas-with-code = Code: { $code }
diplomas-page = Page { $page } of { $of }
diplomas-verify = Verify a certificate
diplomas-genuine = The certificate is genuine
diplomas-was = The certificate is no longer valid
diplomas-unknown = There is no certificate with that code
diplomas-type = Type the code at the foot of the certificate.
diplomas-code = Code
diplomas-check-it = Verify
diplomas-name = Name
diplomas-what = Of
diplomas-when = When
diplomas-by = Issued by
