-- The brokers that may have unhandled messages of a topic; '*' stands for the topics without a row of their own.
alter table messaging_broker drop column only_row;
alter table messaging_broker add column topic text not null default '*';
alter table messaging_broker add primary key (topic, name);
