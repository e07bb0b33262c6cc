-- Finds the dead letters of one key, an order's for example. Keys may be longer than an index row.
create index messaging_dead_letter_key on messaging_dead_letter (substring(message_key from 1 for 64));
