-- Who interprets an edition, and how it is interpreted: the rules in force and what is arranged for single
-- activities. The second has one row for an edition and carries its identifier.

create table interpreter (
  id text primary key,
  edition_id text not null references edition (id),
  purge_on text not null,
  version integer not null,
  doc text not null
);
create index interpreter_edition on interpreter (edition_id);
create table interpretation (
  id text primary key references edition (id),
  version integer not null,
  doc text not null
);
