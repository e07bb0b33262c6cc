-- Who handles the first message of a blocked key has a lease on it, until due_at: so no transaction stays open while the
-- handler runs, and the key is due again when the process has died.
alter table messaging_held_key
    add column lease uuid, -- of who works on it; null: nobody does
    add column awaiting_operator_since timestamptz; -- since when due_at is null
update messaging_held_key set awaiting_operator_since = clock_timestamp() where due_at is null;
