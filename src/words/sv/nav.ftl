nav-path = Min väg
nav-team = Mitt team
nav-curriculum = Utbildningsplan
nav-editions = Omgångar
nav-people = Personer
nav-mail = Utskick
nav-designer = Doser
nav-occasions = Kurstillfällen
