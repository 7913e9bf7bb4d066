DROP TABLE diplomas;
