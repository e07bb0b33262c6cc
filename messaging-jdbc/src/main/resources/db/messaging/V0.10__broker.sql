-- With which broker this database was used last: what has not been read there does not follow to another one.
create table messaging_broker (
    only_row boolean     primary key default true check (only_row),
    name     text        not null,
    since    timestamptz not null default now()
);
