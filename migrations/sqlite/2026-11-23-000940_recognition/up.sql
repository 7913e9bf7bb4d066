-- What people know already: evidence from own work, who attests it, and requests to have a module recognised.
CREATE TABLE recognitions (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  asked_by BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  day DATE NOT NULL,
  course TEXT NOT NULL,
  motivation TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Counted up by whoever changes the request, so that two who do meet here.
  revision BIGINT NOT NULL DEFAULT 0,
  created_at TIMESTAMP NOT NULL,
  changed_at TIMESTAMP NOT NULL,
  achievement_id BIGINT REFERENCES achievements (id)
);
CREATE INDEX recognitions_person ON recognitions (person_id, id);
CREATE INDEX recognitions_asker ON recognitions (asked_by, id);
CREATE INDEX recognitions_asked ON recognitions (id) WHERE state = 'asked';
-- Nobody has two open requests for the same module.
CREATE UNIQUE INDEX recognitions_open ON recognitions (person_id, module) WHERE state IN ('draft', 'asked', 'returned');

-- Append-only.
CREATE TABLE recognition_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  recognition_id BIGINT NOT NULL REFERENCES recognitions (id),
  state TEXT NOT NULL,
  comment TEXT NOT NULL,
  at TIMESTAMP NOT NULL,
  by_id BIGINT NOT NULL REFERENCES people (id)
);
CREATE INDEX recognition_log_of ON recognition_log (recognition_id, id);

-- Who decides beside the developers: about one area or one module, from a day to a day.
CREATE TABLE recognition_delegates (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE NOT NULL,
  named_at TIMESTAMP NOT NULL,
  named_by BIGINT NOT NULL REFERENCES people (id),
  ended_at TIMESTAMP,
  ended_by BIGINT REFERENCES people (id)
);
CREATE INDEX recognition_delegates_person ON recognition_delegates (person_id);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  module TEXT NOT NULL,
  text TEXT NOT NULL,
  link TEXT NOT NULL,
  added_by BIGINT NOT NULL REFERENCES people (id),
  revision BIGINT NOT NULL DEFAULT 0,
  added_at TIMESTAMP NOT NULL,
  changed_at TIMESTAMP NOT NULL
);
CREATE INDEX evidence_person ON evidence (person_id, module);

CREATE TABLE evidence_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  evidence_id BIGINT NOT NULL REFERENCES evidence (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  added_at TIMESTAMP NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX evidence_files_of ON evidence_files (evidence_id);

CREATE TABLE attests (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  evidence_id BIGINT NOT NULL REFERENCES evidence (id),
  asked_id BIGINT NOT NULL REFERENCES people (id),
  state TEXT NOT NULL,
  comment TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  answered_at TIMESTAMP
);
CREATE INDEX attests_asked ON attests (asked_id) WHERE state = 'asked';
-- One at a time is asked, and once attested is enough.
CREATE UNIQUE INDEX attests_one ON attests (evidence_id) WHERE state IN ('asked', 'attested');
