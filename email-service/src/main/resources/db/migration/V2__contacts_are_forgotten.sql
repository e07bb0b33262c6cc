-- For the cleanup.
create index contact_by_age on contact (remembered_at);
