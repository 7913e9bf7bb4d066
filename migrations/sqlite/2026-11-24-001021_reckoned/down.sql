DROP INDEX occasion_parts_to_reckon;
ALTER TABLE occasion_parts DROP COLUMN reckoned;
