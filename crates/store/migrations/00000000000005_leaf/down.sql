drop table log;
drop table cosignature;
drop table checkpoint;
drop table tile;
drop table evidence;
drop table leaf_document;
drop table leaf;
