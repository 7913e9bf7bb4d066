-- A draft of the next version: the files themselves, as they are after each change.
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL,
  base_id BIGINT NOT NULL REFERENCES versions (id),
  sources TEXT NOT NULL,
  revision BIGINT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  created_by BIGINT REFERENCES people (id),
  changed_at TIMESTAMP NOT NULL,
  changed_by BIGINT REFERENCES people (id),
  ended_at TIMESTAMP,
  published_id BIGINT REFERENCES versions (id)
);

-- Append-only: taking back is a change of its own that names the one it takes back.
CREATE TABLE draft_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  draft_id BIGINT NOT NULL REFERENCES drafts (id),
  revision BIGINT NOT NULL,
  kind TEXT NOT NULL,
  of_revision BIGINT,
  edits TEXT NOT NULL,
  at TIMESTAMP NOT NULL,
  by_id BIGINT REFERENCES people (id),
  UNIQUE (draft_id, revision)
);
