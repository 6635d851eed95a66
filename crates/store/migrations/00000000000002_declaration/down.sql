drop table amendment;
drop table deed;
drop table dossier;
