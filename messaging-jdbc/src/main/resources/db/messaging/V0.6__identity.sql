-- A message is identified, among those of a group and topic, by its source and its id. Until now its id alone did. A digest
-- of type, key and value beside it tells a duplicate from another message that was given the same identity.

-- Of what was handled before, topic and source are not known: both are empty, and such a row stands for its id on whatever
-- topic and from whomever it comes, until the inbox's retention is over. The defaults let an instance of the version before
-- this one go on meanwhile. The new primary key is built at once; nothing is handled until it is.
alter table messaging_inbox
    add column topic  text not null default '', -- what the group subscribes to
    add column source text not null default '',
    add column digest bytea,                    -- null: not known, counts as equal
    drop constraint messaging_inbox_pkey,
    add primary key (consumer_group, topic, source, message_id);

-- Headers were kept, so that the source is known; one that cannot be read in SQL, or is too long, stays empty, and a failure
-- after a redrive is then a dead letter of its own.
alter table messaging_dead_letter
    add column source text not null default '',
    drop constraint messaging_dead_letter_consumer_group_topic_message_id_diges_key;
update messaging_dead_letter set source = case
    when headers::text ~* '\\u(0000|d[89a-f])' or length(headers ->> 'ce_source') > 200 then ''
    else coalesce(headers ->> 'ce_source', '') end;
update messaging_dead_letter
set digest = sha256(
    coalesce(int4send(octet_length(message_type)) || convert_to(message_type, 'UTF8'), int4send(-1))
    || coalesce(int4send(octet_length(message_key)) || message_key, int4send(-1))
    || coalesce(int4send(octet_length(value)) || value, int4send(-1)));
alter table messaging_dead_letter
    add constraint messaging_dead_letter_identity unique (consumer_group, topic, source, message_id, digest);

-- Two that have one identity and different contents both wait their turn.
alter table messaging_parked_message
    add column source text not null default '',
    add column digest bytea,
    drop constraint messaging_parked_message_consumer_group_topic_message_id_key;
update messaging_parked_message set source = case
    when headers::text ~* '\\u(0000|d[89a-f])' or length(headers ->> 'ce_source') > 200 then ''
    else coalesce(headers ->> 'ce_source', '') end;
update messaging_parked_message set digest = case
    when headers::text ~* '\\u(0000|d[89a-f])' then null
    else sha256(
        coalesce(int4send(octet_length(headers ->> 'ce_type')) || convert_to(headers ->> 'ce_type', 'UTF8'), int4send(-1))
        || int4send(octet_length(message_key)) || message_key
        || coalesce(int4send(octet_length(value)) || value, int4send(-1))) end;
alter table messaging_parked_message
    add constraint messaging_parked_message_identity unique (consumer_group, topic, source, message_id, digest);

alter table messaging_handled_alone
    add column source text not null default '',
    drop constraint messaging_handled_alone_pkey,
    add primary key (consumer_group, topic, source, message_id);
