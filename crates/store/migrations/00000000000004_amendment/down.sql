drop table stance;
drop table statement;
drop table sitting;
