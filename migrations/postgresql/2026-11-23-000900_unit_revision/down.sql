DROP TABLE unit_revision;
