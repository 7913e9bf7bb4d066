DROP TABLE draft_approvals;
