-- Gives the entries of all timelines one stable order in which none appears behind one that was read already. The identity does
-- not: a transaction may commit later than another one with a higher id. Readers see the entries of transactions that are older
-- than every running one. After a restore into another server, whose transaction ids begin anew, set it to '0' in all rows.
alter table timeline add column transaction xid8 not null default pg_current_xact_id();
create index timeline_feed on timeline (transaction, id);
