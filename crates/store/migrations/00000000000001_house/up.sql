-- Every noun is one table: its identifier, the columns that SQL must find or guard, the version that
-- a save has to name, and the value itself as JSON in `doc`. The same statements run on SQLite and
-- PostgreSQL. Instants are microseconds since 1970 in UTC, dates are ISO 8601 text.

create table city (
  id text primary key,
  geonames bigint unique,
  iso2 text,
  search text not null,
  version integer not null,
  doc text not null
);
create table state (
  id text primary key,
  version integer not null,
  doc text not null
);
create table offering (
  id text primary key,
  city_id text not null references city (id),
  version integer not null,
  doc text not null
);
create index offering_city on offering (city_id);
create table tie (
  id text primary key,
  a_id text not null references city (id),
  b_id text not null references city (id),
  version integer not null,
  doc text not null,
  check (a_id <> b_id)
);
create index tie_a on tie (a_id);
create index tie_b on tie (b_id);
create table body (
  id text primary key,
  version integer not null,
  doc text not null
);

create table series (
  id text primary key,
  version integer not null,
  doc text not null
);
create table edition (
  id text primary key,
  series_id text not null references series (id),
  host_id text not null references city (id),
  version integer not null,
  doc text not null
);
create table delegation (
  id text primary key,
  edition_id text not null references edition (id),
  city_id text references city (id),
  body_id text references body (id),
  version integer not null,
  doc text not null,
  unique (edition_id, city_id),
  unique (edition_id, body_id),
  check ((city_id is null) <> (body_id is null))
);
create table delegate (
  id text primary key,
  delegation_id text not null references delegation (id),
  purge_on text not null,
  version integer not null,
  doc text not null
);
create index delegate_delegation on delegate (delegation_id);
create table topic (
  id text primary key,
  edition_id text not null references edition (id),
  version integer not null,
  doc text not null
);
create index topic_edition on topic (edition_id);
create table topic_support (
  topic_id text not null references topic (id),
  delegation_id text not null references delegation (id),
  at bigint not null,
  primary key (topic_id, delegation_id)
);
create table invitation (
  id text primary key,
  edition_id text not null references edition (id),
  delegation_id text not null unique references delegation (id),
  number integer not null,
  version integer not null,
  doc text not null,
  unique (edition_id, number)
);

create table meeting (
  id text primary key,
  edition_id text not null references edition (id),
  from_id text not null references delegation (id),
  to_id text not null references delegation (id),
  version integer not null,
  doc text not null,
  check (from_id <> to_id)
);
create index meeting_edition on meeting (edition_id);
create table venue (
  id text primary key,
  edition_id text not null references edition (id),
  version integer not null,
  doc text not null
);
create table hall (
  id text primary key,
  edition_id text not null references edition (id),
  venue_id text not null references venue (id),
  version integer not null,
  doc text not null
);
create table session (
  id text primary key,
  edition_id text not null references edition (id),
  version integer not null,
  doc text not null
);
create index session_edition on session (edition_id);
create table pin (
  edition_id text not null references edition (id),
  activity text not null,
  doc text not null,
  primary key (edition_id, activity)
);
create table plan (
  id text primary key,
  edition_id text not null references edition (id),
  version integer not null,
  doc text not null
);
create index plan_edition on plan (edition_id);
create table release (
  id text primary key,
  edition_id text not null references edition (id),
  number integer not null,
  at bigint not null,
  note text not null,
  doc text not null,
  unique (edition_id, number)
);

create table person (
  id text primary key,
  email text not null unique,
  version integer not null,
  doc text not null
);
create table access_grant (
  id text primary key,
  person_id text not null references person (id),
  version integer not null,
  doc text not null
);
create index access_grant_person on access_grant (person_id);
create table login (
  token_hash text primary key,
  person_id text not null references person (id),
  until bigint not null
);
create table token (
  token_hash text primary key,
  purpose text not null,
  subject text not null,
  until bigint not null,
  used bigint
);
create table login_code (
  person_id text primary key references person (id),
  code_hash text not null,
  until bigint not null,
  tries integer not null
);

create table event (
  id text primary key,
  at bigint not null,
  person_id text,
  edition_id text,
  noun text not null,
  object text not null,
  verb text not null,
  detail text not null
);
create index event_object on event (noun, object);
create index event_edition on event (edition_id, at);
create table mail (
  id text primary key,
  person_id text,
  recipient text not null,
  subject text not null,
  body text not null,
  lang text not null,
  state text not null check (state in ('waiting', 'sent', 'dead')),
  tries integer not null,
  due bigint not null,
  lease_until bigint not null
);
create index mail_due on mail (state, due);
create table job (
  id text primary key,
  kind text not null,
  edition_id text not null references edition (id),
  state text not null check (state in ('waiting', 'running', 'done', 'dead')),
  wish text not null check (wish in ('go', 'enough', 'cancel')),
  detail text not null,
  progress text not null,
  tries integer not null,
  lease_until bigint not null,
  at bigint not null
);
create index job_state on job (state, lease_until);
