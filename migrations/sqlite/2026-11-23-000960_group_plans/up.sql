-- When a group can be done: asked, being worked out, and answered. Names are not kept in the answer, only ids.
CREATE TABLE group_plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  asked_by BIGINT NOT NULL REFERENCES people (id),
  whom TEXT NOT NULL,
  days_a_week INTEGER,
  asked_at TIMESTAMP NOT NULL,
  heard_at TIMESTAMP NOT NULL,
  steps_done BIGINT NOT NULL,
  steps_all BIGINT NOT NULL,
  answer TEXT,
  failed TEXT
);
CREATE INDEX group_plans_asked_by ON group_plans (asked_by, id);
