-- One service's database. Its owner migrates it and is used by Flyway alone. The service's own role reads and writes rows
-- of the owner's tables, and creates nothing. No other role may connect.
select :'database' || '_owner' as owner, :'database' || '_service' as service \gset

create role :"owner" login password :'owner_password';
create role :"service" login password :'service_password';
create database :"database" owner :"owner";
revoke all on database :"database" from public;
grant connect on database :"database" to :"service";

\connect :"database"
alter default privileges for role :"owner" grant usage on schemas to :"service";
alter default privileges for role :"owner" grant select, insert, update, delete on tables to :"service";
alter default privileges for role :"owner" grant usage, select on sequences to :"service";
\connect postgres
