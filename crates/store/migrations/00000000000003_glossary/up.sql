-- What helps to write one text in several languages: agreed terms, earlier translations, and corrections
-- that wait for a second person. Terms and translations are of a series, or of the whole platform.

create table glossary (
  id text primary key,
  series_id text references series (id),
  version integer not null,
  doc text not null
);
create index glossary_series on glossary (series_id);
create table memory (
  id text primary key,
  series_id text references series (id),
  version integer not null,
  doc text not null
);
create index memory_series on memory (series_id);
create table correction (
  id text primary key,
  dossier_id text not null references dossier (id),
  version integer not null,
  doc text not null
);
create index correction_dossier on correction (dossier_id);
