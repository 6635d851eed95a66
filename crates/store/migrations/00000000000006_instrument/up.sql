-- Instruments and what is filed beside them. The two cities of a tie stand in columns, so that a city's
-- page finds its ties. A document's bytes are kept as base64 in numbered parts of bounded size, because a
-- copy of the database is lines of text and no line may be as long as a file.

create table instrument (
  id text primary key,
  edition_id text not null references edition (id),
  a_id text references city (id),
  b_id text references city (id),
  version integer not null,
  doc text not null
);
create index instrument_edition on instrument (edition_id);
create index instrument_a on instrument (a_id);
create index instrument_b on instrument (b_id);
create table paper (
  id text primary key,
  instrument_id text not null references instrument (id),
  version integer not null,
  doc text not null
);
create index paper_instrument on paper (instrument_id);
create table paper_part (
  paper_id text not null references paper (id),
  number integer not null,
  data text not null,
  primary key (paper_id, number)
);
