DROP TABLE attests;
DROP TABLE evidence_files;
DROP TABLE evidence;
DROP TABLE recognition_delegates;
DROP TABLE recognition_log;
DROP TABLE recognitions;
