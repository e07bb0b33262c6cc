package io.orderflow.messaging.database;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;

/**
 * The library's tables in a database. Initializing this bean creates or checks them; otherwise the start fails, with a message that says
 * what to do.
 */
public final class MessagingSchema implements InitializingBean {

    private static final String BY_HAND =
            "apply the scripts in " + LibraryScripts.LOCATION + " of messaging-jdbc, in the order of their versions.";

    private final DataSource dataSource;
    private final @Nullable SchemaMigration migration;
    private final String remedy;

    private MessagingSchema(DataSource dataSource, @Nullable SchemaMigration migration, String remedy) {
        this.dataSource = dataSource;
        this.migration = migration;
        this.remedy = remedy;
    }

    /** Creates and upgrades the tables. */
    public static MessagingSchema migrated(DataSource dataSource, SchemaMigration migration) {
        return new MessagingSchema(
                dataSource,
                migration,
                "Flyway has applied all of messaging's migrations, but to a schema that is not in the application's search path:"
                        + " let spring.flyway.default-schema and the DataSource's currentSchema name the same one.");
    }

    /** Checks the tables where no Flyway could create them. */
    public static MessagingSchema withoutFlyway(DataSource dataSource) {
        return new MessagingSchema(
                dataSource,
                null,
                "Add spring-boot-starter-flyway and org.flywaydb:flyway-database-postgresql, and messaging creates and"
                        + " upgrades its tables itself; or " + BY_HAND);
    }

    /** Checks the tables that are created by other means. */
    public static MessagingSchema appliedByOthers(DataSource dataSource) {
        return new MessagingSchema(
                dataSource,
                null,
                "Remove messaging.database.migrate=false, and messaging creates and upgrades its tables itself; or "
                        + BY_HAND);
    }

    /** @throws UnusableDatabaseException if the library cannot keep its promises with this database */
    @Override
    public void afterPropertiesSet() {
        DatabaseCheck check = new DatabaseCheck(dataSource);
        check.isPostgreSql();
        check.hasTimeOuts();
        if (migration != null) {
            migration.run();
        }
        LibraryScripts scripts = LibraryScripts.onClasspath();
        check.hasTables(scripts, remedy);
        check.hasAllMigrations(scripts, remedy);
    }
}
