drop table text_import_row;
drop table text_import;
