-- Texts are UTF-8, days are DATE, instants are UTC without a zone.

CREATE TABLE versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  sources TEXT NOT NULL,
  note TEXT NOT NULL,
  published_at TIMESTAMP NOT NULL,
  published_by BIGINT
);

CREATE TABLE units (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  external_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  parent_id BIGINT REFERENCES units (id),
  ended_on DATE
);
CREATE INDEX units_parent ON units (parent_id);

CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  external_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  search_key TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  language TEXT NOT NULL,
  unit_id BIGINT REFERENCES units (id),
  title_text TEXT NOT NULL,
  title_code TEXT NOT NULL DEFAULT '',
  starts_on DATE NOT NULL,
  ends_on DATE,
  disabled_at TIMESTAMP
);
CREATE INDEX people_unit ON people (unit_id, sort_key);
CREATE INDEX people_sort ON people (sort_key);

CREATE TABLE unit_managers (
  unit_id BIGINT NOT NULL REFERENCES units (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (unit_id, person_id)
);
CREATE INDEX unit_managers_person ON unit_managers (person_id);

CREATE TABLE hats (
  person_id BIGINT NOT NULL REFERENCES people (id),
  hat TEXT NOT NULL,
  given_at TIMESTAMP NOT NULL,
  given_by BIGINT REFERENCES people (id),
  PRIMARY KEY (person_id, hat)
);

CREATE TABLE editions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  programme TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  version_id BIGINT NOT NULL REFERENCES versions (id),
  created_at TIMESTAMP NOT NULL,
  created_by BIGINT REFERENCES people (id)
);

CREATE TABLE milestones (
  edition_id BIGINT NOT NULL REFERENCES editions (id),
  code TEXT NOT NULL,
  day DATE NOT NULL,
  PRIMARY KEY (edition_id, code)
);

CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE,
  source TEXT NOT NULL,
  edition_id BIGINT REFERENCES editions (id),
  created_at TIMESTAMP NOT NULL,
  created_by BIGINT REFERENCES people (id)
);
CREATE INDEX assignments_person ON assignments (person_id);
CREATE INDEX assignments_edition ON assignments (edition_id);

CREATE TABLE enrolments (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  edition_id BIGINT NOT NULL REFERENCES editions (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  role TEXT NOT NULL,
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  enrolled_at TIMESTAMP NOT NULL,
  ended_on DATE,
  presented_on DATE,
  UNIQUE (edition_id, person_id)
);
CREATE INDEX enrolments_person ON enrolments (person_id);

CREATE TABLE occasions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  edition_id BIGINT REFERENCES editions (id),
  meeting TEXT,
  module TEXT NOT NULL,
  starts_at TIMESTAMP NOT NULL,
  ends_at TIMESTAMP NOT NULL,
  place TEXT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  sequence INTEGER NOT NULL,
  cancelled_at TIMESTAMP
);
CREATE INDEX occasions_edition ON occasions (edition_id, starts_at);
CREATE INDEX occasions_module ON occasions (module, starts_at);
CREATE INDEX occasions_starts ON occasions (starts_at);

CREATE TABLE bookings (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  occasion_id BIGINT NOT NULL REFERENCES occasions (id),
  person_id BIGINT NOT NULL REFERENCES people (id),
  state TEXT NOT NULL,
  changed_at TIMESTAMP NOT NULL,
  changed_by BIGINT REFERENCES people (id),
  UNIQUE (occasion_id, person_id)
);
CREATE INDEX bookings_person ON bookings (person_id);

-- Append-only: a revocation is a new row that names the one it revokes.
CREATE TABLE achievements (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  day DATE NOT NULL,
  valid_until DATE,
  evidence TEXT NOT NULL,
  occasion_id BIGINT REFERENCES occasions (id),
  recorded_at TIMESTAMP NOT NULL,
  recorded_by BIGINT REFERENCES people (id),
  revokes_id BIGINT UNIQUE REFERENCES achievements (id)
);
CREATE INDEX achievements_person ON achievements (person_id);
CREATE INDEX achievements_occasion ON achievements (occasion_id);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL,
  person_id BIGINT REFERENCES people (id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL,
  payload TEXT NOT NULL,
  dedupe_key TEXT NOT NULL UNIQUE,
  due_day DATE,
  state TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  not_before TIMESTAMP NOT NULL,
  attempts INTEGER NOT NULL,
  leased_by TEXT,
  leased_until TIMESTAMP,
  finished_at TIMESTAMP,
  answer TEXT NOT NULL
);
CREATE INDEX outbox_state ON outbox (state, not_before);
CREATE INDEX outbox_person ON outbox (person_id);

CREATE TABLE sign_in_links (
  token_hash TEXT PRIMARY KEY NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP,
  next TEXT NOT NULL
);
CREATE INDEX sign_in_links_person ON sign_in_links (person_id, created_at);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  csrf TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  revoked_at TIMESTAMP
);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at TIMESTAMP NOT NULL,
  actor_id BIGINT REFERENCES people (id),
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id BIGINT,
  detail TEXT NOT NULL
);
CREATE INDEX audit_object ON audit (object_kind, object_id, action, at);
