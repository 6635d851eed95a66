-- Texts that were read from elsewhere and are looked at before they are taken in: one row for each
-- paragraph, so that a page of a long one reads and changes no more than itself. `apart` is 1 where a
-- language lacks the paragraph.

create table text_import (
  id text primary key,
  dossier_id text not null references dossier (id),
  person_id text not null references person (id),
  at bigint not null,
  version integer not null,
  doc text not null
);
create index text_import_dossier on text_import (dossier_id);
create index text_import_at on text_import (at);
create table text_import_row (
  import_id text not null references text_import (id),
  number integer not null,
  kind text not null,
  apart integer not null,
  doc text not null,
  primary key (import_id, number)
);
