-- Groups of delegations as the secretariat declared them, in which support is measured.

create table support_group (
  id text primary key,
  edition_id text not null references edition (id),
  version integer not null,
  doc text not null
);
create index support_group_edition on support_group (edition_id);
