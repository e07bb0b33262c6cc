-- Operators list, release and delete parked outbox rows by their id. The primary key begins with the partition.
create index messaging_outbox_parked_id on messaging_outbox (id) where parked_at is not null;
