# The curriculum
designer-version = Version { $number }, published { $day }.
designer-size = { $count ->
    [one] { $count } module
   *[other] { $count } modules
}, { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
designer-filter = Show only what some roles or job titles ask for
designer-roles = Roles
designer-titles = Job titles
designer-show = Show
designer-show-all = Show all modules
designer-picture = What builds on what
designer-as-table = The same as a table
designer-table = The modules, area by area
designer-module = Module
designer-hours = Hours

# The first steps
designer-start = Getting started
designer-start-why = Five steps, and Varjedag is ready to be used. The commands are typed on the server.
designer-start-ready = Everything that is needed is in place.
designer-step-done = Done
designer-step-to-do = To do
designer-step-publish = Publish the curriculum
designer-step-publish-how = Varjedag’s own curriculum comes with it. Publish it as it is, or copy the files, change them and publish your own.
designer-publish-now = Publish the one that comes with it
designer-published = The curriculum is published.
designer-see-curriculum = See the curriculum
designer-step-units = Import the units
designer-step-units-how = A CSV file with units, where they belong and who manages them. Without --apply it only shows what would change.
designer-step-people = Import the people
designer-step-people-how = A CSV file from the HR system with names, e-mail, unit and job title. The job title gives the dose.
designer-see-people = See the people
designer-step-edition = Create an edition
designer-step-edition-how = Choose the start day, and eight months of meetings and milestones are laid out. Then enrol the participants.
designer-new-edition = Create an edition
designer-step-mail = Set up e-mail
designer-step-mail-how = Without settings, every mail is kept as a file and can be read under Mail. Name an SMTP server in varjedag.toml or the environment to send for real.
designer-see-mail = See the mail
