-- Commitments, each read from a paragraph of a text.

create table commitment (
  id text primary key,
  edition_id text not null references edition (id),
  dossier_id text not null references dossier (id),
  version integer not null,
  doc text not null
);
create index commitment_edition on commitment (edition_id);
create index commitment_dossier on commitment (dossier_id);
