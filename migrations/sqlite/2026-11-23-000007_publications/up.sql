-- What a version did to everybody when it was published, as JSON; see `Effect`. None where there was nothing to compare
-- with, and for versions from before this was kept.
ALTER TABLE versions ADD COLUMN effect TEXT;

-- Attempts to publish a draft. One that succeeded has ended its draft; one that neither failed nor was heard of for a
-- while was cut off, and has published nothing.
CREATE TABLE publications (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  draft_id BIGINT NOT NULL REFERENCES drafts (id),
  revision BIGINT NOT NULL,
  form TEXT NOT NULL,
  begun_at TIMESTAMP NOT NULL,
  heard_at TIMESTAMP NOT NULL,
  people_done BIGINT NOT NULL,
  people_all BIGINT NOT NULL,
  letters BIGINT,
  failed TEXT
);
CREATE INDEX publications_draft ON publications (draft_id);
