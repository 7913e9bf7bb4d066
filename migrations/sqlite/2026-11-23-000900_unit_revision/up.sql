-- At most one row: a random number that changes with every change of units or of who manages them, so that a server
-- may keep them in memory. Without the row nobody keeps anything: delete it after changing units by hand.
CREATE TABLE unit_revision (
  id BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
  revision BIGINT NOT NULL
);
