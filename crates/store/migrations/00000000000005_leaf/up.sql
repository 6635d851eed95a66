-- Formal acts as the leaves of an append-only log. A leaf is written by the act's own transaction and gets
-- its number later, when tiles and a signed checkpoint are written with it. Erasing a leaf empties all but
-- its hash and number. Numbers and sizes are unique, so that two nodes cannot give one of them twice.

create table leaf (
  id text primary key,
  number bigint unique,
  hash text not null,
  kind text,
  object text,
  edition_id text references edition (id),
  readers text not null,
  salt text,
  manifest text,
  at bigint not null
);
create index leaf_object on leaf (object);
create table leaf_document (
  leaf_id text not null references leaf (id),
  lang text not null,
  format text not null,
  body text not null,
  primary key (leaf_id, lang, format)
);
create table evidence (
  id text primary key,
  leaf_id text not null references leaf (id),
  doc text not null,
  body text not null
);
create index evidence_leaf on evidence (leaf_id);
create table tile (
  level integer not null,
  place bigint not null,
  hashes text not null,
  primary key (level, place)
);
create table checkpoint (
  size bigint primary key,
  at bigint not null,
  note text not null
);
create table cosignature (
  size bigint not null references checkpoint (size),
  signer text not null,
  line text not null,
  at bigint not null,
  primary key (size, signer)
);
create table log (
  id text primary key,
  version integer not null,
  holder text not null,
  lease_until bigint not null,
  doc text not null
);
