-- Who has looked through a draft, in exactly which revision.
CREATE TABLE draft_approvals (
  draft_id BIGINT NOT NULL REFERENCES drafts (id),
  revision BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  at TIMESTAMP NOT NULL,
  PRIMARY KEY (draft_id, revision, person_id)
);
