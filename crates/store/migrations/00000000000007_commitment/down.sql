drop table commitment;
