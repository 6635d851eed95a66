-- Texts under negotiation. A dossier is a noun like any other; what was done to its text is appended as
-- deeds, numbered from 1, and the text is what its deeds make when they are given again in their order.
-- The key keeps two writers from the same number.

create table dossier (
  id text primary key,
  edition_id text not null references edition (id),
  version integer not null,
  doc text not null
);
create index dossier_edition on dossier (edition_id);
create table deed (
  dossier_id text not null references dossier (id),
  number integer not null,
  person_id text references person (id),
  doc text not null,
  primary key (dossier_id, number)
);
create table amendment (
  id text primary key,
  dossier_id text not null references dossier (id),
  delegation_id text not null references delegation (id),
  version integer not null,
  doc text not null
);
create index amendment_dossier on amendment (dossier_id);
