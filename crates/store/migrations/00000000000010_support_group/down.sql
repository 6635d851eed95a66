drop table support_group;
