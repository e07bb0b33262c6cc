-- A dead letter that was collected so late that the inbox may have forgotten whether another delivery of its message was
-- handled after it had failed. Redriving it could repeat that effect.
alter table messaging_dead_letter add column possibly_handled boolean not null default false;

-- The inbox remembers a message for as long as there is a dead letter of it: for the inbox's cleanup.
create index messaging_dead_letter_message on messaging_dead_letter (consumer_group, message_id);
