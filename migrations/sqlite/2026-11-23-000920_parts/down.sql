DROP TABLE occasion_parts;
