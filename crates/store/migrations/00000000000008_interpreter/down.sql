drop table interpretation;
drop table interpreter;
