package io.orderflow.messaging.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** Checks that the library can use a database. A failed check stops the start, with a message that says what to do. */
final class DatabaseCheck {

    private static final String POSTGRESQL = "PostgreSQL";
    private static final String TABLES = """
            select name, to_regclass(name) is not null as is_there,
                   coalesce(has_table_privilege(to_regclass(name)::oid, 'select')
                        and has_table_privilege(to_regclass(name)::oid, 'insert')
                        and has_table_privilege(to_regclass(name)::oid, 'update')
                        and has_table_privilege(to_regclass(name)::oid, 'delete'), false) as is_usable
            from unnest(:names) as name
            """;
    private static final String WHERE = "select 'database ' || current_database() || ', schemas '"
            + " || array_to_string(current_schemas(false), ', ') || ', user ' || current_user";

    private static final String IDLE =
            "select setting = '0' from pg_settings where name = 'idle_in_transaction_session_timeout'";
    private static final String HAS_HISTORY =
            "select coalesce(has_table_privilege(to_regclass('" + LibraryScripts.HISTORY + "')::oid, 'select'), false)";
    private static final String LATEST = "select coalesce(max(split_part(version, '.', 2)::int), 0) from "
            + LibraryScripts.HISTORY + " where success and version like '0.%'";

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    DatabaseCheck(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    void isPostgreSql() {
        String product = product();
        if (!product.equals(POSTGRESQL)) {
            throw new UnusableDatabaseException(
                    "Messaging would use a DataSource of " + product
                            + ", but its outbox and its inbox need PostgreSQL.",
                    "Give the application a DataSource of a PostgreSQL database, and choose it with"
                            + " messaging.database.data-source if there are several. To do without outbox and inbox, set"
                            + " messaging.database.enabled=false.");
        }
    }

    /** Without them, a connection that is cut off or a process that is frozen would hold its locks for ever. */
    void hasTimeOuts() {
        Integer network =
                new JdbcTemplate(dataSource).execute((Connection connection) -> connection.getNetworkTimeout());
        List<String> missing = new ArrayList<>();
        if (network == null || network == 0) {
            missing.add("socketTimeout");
        }
        if (jdbc.sql(IDLE).query(Boolean.class).single()) {
            missing.add("idle_in_transaction_session_timeout");
        }
        if (!missing.isEmpty()) {
            throw new UnusableDatabaseException(
                    "Connections that messaging uses have no " + String.join(" and no ", missing) + " (" + where()
                            + "): a connection that is cut off silently would block a handler for hours, a process that"
                            + " is frozen in a transaction would lock its rows for ever.",
                    "Set socketTimeout=30 and options=-c idle_in_transaction_session_timeout=60s in"
                            + " spring.datasource.hikari.data-source-properties, or in the JDBC URL of a DataSource of your"
                            + " own; or the latter with: alter role ... set idle_in_transaction_session_timeout = '60s'.");
        }
    }

    /** @param remedy how to create the tables in this application */
    void hasTables(LibraryScripts scripts, String remedy) {
        List<String> missing = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        jdbc.sql(TABLES).param("names", scripts.tables().toArray(String[]::new)).query(row -> {
            if (!row.getBoolean("is_there")) {
                missing.add(row.getString("name"));
            } else if (!row.getBoolean("is_usable")) {
                forbidden.add(row.getString("name"));
            }
        });
        if (!missing.isEmpty()) {
            throw new UnusableDatabaseException(
                    "Tables of messaging are missing (" + where() + "): " + String.join(", ", missing) + ".", remedy);
        }
        if (!forbidden.isEmpty()) {
            throw new UnusableDatabaseException(
                    "The application may not use tables of messaging (" + where() + "): " + String.join(", ", forbidden)
                            + ".",
                    "Grant select, insert, update and delete on them to its user.");
        }
    }

    /** Skipped where migrations were applied by other means than Flyway, without a history. */
    void hasAllMigrations(LibraryScripts scripts, String remedy) {
        if (!jdbc.sql(HAS_HISTORY).query(Boolean.class).single()) {
            return;
        }
        int applied = jdbc.sql(LATEST).query(Integer.class).single();
        List<String> missing = scripts.all().stream()
                .filter(each -> each.number() > applied)
                .map(LibraryScripts.Script::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new UnusableDatabaseException(
                    "Migrations of messaging have not been applied (" + where() + "): " + String.join(", ", missing)
                            + ".",
                    remedy);
        }
    }

    private String where() {
        return jdbc.sql(WHERE).query(String.class).single();
    }

    private String product() {
        try {
            return JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
        } catch (MetaDataAccessException e) {
            throw new UnusableDatabaseException(
                    "The database that messaging needs is not reachable: "
                            + e.getMostSpecificCause().getMessage(),
                    "Check that it is available, and the settings of its DataSource.");
        }
    }
}
