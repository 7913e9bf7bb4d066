DROP TABLE group_plans;
