package io.orderflow.messaging.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The library's tables, made by its own migrations, for tests that do without Flyway. */
public final class LibraryTables {

    private LibraryTables() {}

    /** Runs the migrations of {@code classpath:db/messaging} on an empty database. */
    public static void create(DataSource dataSource) {
        populator().execute(dataSource);
    }

    /** The same, for Spring's {@code DataSourceInitializer}. */
    public static ResourceDatabasePopulator populator() {
        try {
            Resource[] migrations =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:db/messaging/V*.sql");
            Arrays.sort(migrations, Comparator.comparingInt(LibraryTables::number));
            return new ResourceDatabasePopulator(migrations);
        } catch (IOException e) {
            throw new UncheckedIOException("The library's migrations cannot be read.", e);
        }
    }

    /** V0.10 comes after V0.9. */
    private static int number(Resource migration) {
        return Integer.parseInt(String.valueOf(migration.getFilename()).replaceFirst("V0\\.(\\d+)__.*", "$1"));
    }
}
