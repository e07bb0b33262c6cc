-- A database and two roles for each service. psql runs this once, when the volume is created, as the superuser, whom
-- no service uses.
\getenv owner_password POSTGRES_OWNER_PASSWORD
\getenv service_password POSTGRES_SERVICE_PASSWORD

revoke connect on database postgres, template1 from public;

\set database orders
\i /service-database.sql
\set database inventory
\i /service-database.sql
\set database shipping
\i /service-database.sql
\set database email
\i /service-database.sql
\set database analytics
\i /service-database.sql
