package io.orderflow.messaging.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates and upgrades the library's tables, with a Flyway of its own and a history of its own ({@code messaging_schema_history}), beside
 * whatever else is in the schema. Where the application has a Flyway for the same database, its connection is used: its
 * user, its address, its schema, its retries.
 */
public final class SchemaMigration {

    private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);
    private static final String APPLICATION_HISTORY = "flyway_schema_history";

    /** The same for all connections to a database, whatever their addresses and users. */
    private static final String IDENTITY = "select oid || '@' || extract(epoch from pg_postmaster_start_time())"
            + " from pg_database where datname = current_database()";

    private final DataSource dataSource;
    private final List<Flyway> applications;

    /**
     * @param dataSource the one that messaging uses
     * @param applications the application's own Flyways, which have migrated already
     */
    public SchemaMigration(DataSource dataSource, List<Flyway> applications) {
        this.dataSource = dataSource;
        this.applications = applications;
    }

    void run() {
        Configuration application = applications.stream()
                .map(Flyway::getConfiguration)
                .filter(each -> isSameDatabase(each.getDataSource()))
                .findFirst()
                .orElse(null);
        FluentConfiguration configuration = configuration(application);
        adopt(configuration, application == null ? APPLICATION_HISTORY : application.getTable());
        try {
            configuration.load().migrate();
        } catch (FlywayException e) {
            // two instances that start with an empty schema may collide
            log.debug("Migrating once more.", e);
            tryAgain(configuration);
        }
    }

    private static void tryAgain(FluentConfiguration configuration) {
        try {
            configuration.load().migrate();
        } catch (FlywayException e) {
            throw new UnusableDatabaseException(
                    "The tables of messaging could not be created or upgraded: " + e.getMessage(),
                    "Messaging uses the user of spring.flyway.user where that is set, else the DataSource's own; it needs"
                            + " the right to create tables. To apply " + LibraryScripts.LOCATION
                            + " by other means, set messaging.database.migrate=false.",
                    e);
        }
    }

    private FluentConfiguration configuration(@Nullable Configuration application) {
        FluentConfiguration configuration = Flyway.configure(getClass().getClassLoader())
                .dataSource(dataSource)
                .locations(LibraryScripts.LOCATION)
                .table(LibraryScripts.HISTORY)
                .placeholderReplacement(false)
                // other tables may be there already, without a history of ours: it begins below our first migration
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .baselineDescription("before messaging");
        if (application != null) {
            configuration
                    .dataSource(application.getDataSource())
                    .schemas(application.getSchemas())
                    .defaultSchema(application.getDefaultSchema())
                    .initSql(application.getInitSql())
                    .connectRetries(application.getConnectRetries())
                    .connectRetriesInterval(application.getConnectRetriesInterval())
                    .lockRetryCount(application.getLockRetryCount());
        }
        return configuration;
    }

    private static void adopt(FluentConfiguration configuration, String applicationHistory) {
        DataSource migrating = configuration.getDataSource();
        HistoryAdoption adoption = new HistoryAdoption(JdbcClient.create(migrating), schema(configuration));
        new TransactionTemplate(new JdbcTransactionManager(migrating))
                .executeWithoutResult(status -> adoption.from(applicationHistory));
        if (!adoption.exists(LibraryScripts.HISTORY) && adoption.exists("messaging_outbox")) {
            throw new UnusableDatabaseException(
                    "The tables of messaging exist, but not their history, " + LibraryScripts.HISTORY
                            + ": they were created by other means, and it is not known which migrations they have.",
                    "Record the version that they have with Flyway's command baseline (table " + LibraryScripts.HISTORY
                            + ", baselineVersion 0.n); or set messaging.database.migrate=false, and apply "
                            + LibraryScripts.LOCATION + " yourself.");
        }
    }

    private static @Nullable String schema(Configuration configuration) {
        if (configuration.getDefaultSchema() != null) {
            return configuration.getDefaultSchema();
        }
        return configuration.getSchemas().length == 0 ? null : configuration.getSchemas()[0];
    }

    private boolean isSameDatabase(@Nullable DataSource other) {
        String identity = other == null ? null : identity(other);
        return identity != null && identity.equals(identity(dataSource));
    }

    private static @Nullable String identity(DataSource dataSource) {
        try {
            return JdbcClient.create(dataSource)
                    .sql(IDENTITY)
                    .query(String.class)
                    .single();
        } catch (DataAccessException e) {
            log.debug("A DataSource of the application's Flyway is no PostgreSQL, or not reachable.", e);
            return null;
        }
    }
}
