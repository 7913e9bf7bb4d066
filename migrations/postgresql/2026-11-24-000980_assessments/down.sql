DROP TABLE assessment_steps;
DROP TABLE assessments;
