-- How the meeting goes through a text, and what delegations say to statements on it. A sitting has the
-- identifier of its text: there is one for each.

create table sitting (
  id text primary key references dossier (id),
  version integer not null,
  doc text not null
);
create table statement (
  id text primary key,
  dossier_id text not null references dossier (id),
  version integer not null,
  doc text not null
);
create index statement_dossier on statement (dossier_id);
create table stance (
  statement_id text not null references statement (id),
  delegation_id text not null references delegation (id),
  said text not null,
  primary key (statement_id, delegation_id)
);
