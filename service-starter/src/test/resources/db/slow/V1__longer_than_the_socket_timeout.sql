select pg_sleep(3);
create table thing (id int primary key);
