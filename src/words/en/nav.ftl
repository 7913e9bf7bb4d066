nav-path = My path
nav-team = My team
nav-curriculum = Curriculum
nav-editions = Editions
nav-people = People
nav-mail = Mail
nav-designer = Doses
nav-occasions = Course days
