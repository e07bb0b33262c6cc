-- The requests of operators that change something; status is null while one is carried out, or if the process ended meanwhile.
create table messaging_audit (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    operator text        not null,
    request  text        not null,
    status   integer,
    result   text
);

-- How many of the dead letters that match a redrive takes; all where it is null.
alter table messaging_redrive add column first_of_all integer;
