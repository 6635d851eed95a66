drop table correction;
drop table memory;
drop table glossary;
