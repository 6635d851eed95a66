drop table paper_part;
drop table paper;
drop table instrument;
