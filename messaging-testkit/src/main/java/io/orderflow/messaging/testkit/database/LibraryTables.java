package io.orderflow.messaging.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The library's tables, created by its own migrations, for tests without Flyway. */
public final class LibraryTables {

    private LibraryTables() {}

    /** Runs the migrations of {@code classpath:db/messaging} on an empty database. */
    public static void create(DataSource dataSource) {
        populator().execute(dataSource);
    }

    /** The same, for Spring's {@code DataSourceInitializer}. */
    public static ResourceDatabasePopulator populator() {
        return populator(number -> true);
    }

    /** The migrations with numbers below {@code V0.<number>}: the tables as they were before it. */
    public static ResourceDatabasePopulator before(int number) {
        return populator(each -> each < number);
    }

    /** The migrations from {@code V0.<number>} on. */
    public static ResourceDatabasePopulator from(int number) {
        return populator(each -> each >= number);
    }

    private static ResourceDatabasePopulator populator(IntPredicate which) {
        try {
            Resource[] migrations =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:db/messaging/V*.sql");
            return new ResourceDatabasePopulator(Arrays.stream(migrations)
                    .filter(each -> which.test(number(each)))
                    .sorted(Comparator.comparingInt(LibraryTables::number))
                    .toArray(Resource[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("The library's migrations cannot be read.", e);
        }
    }

    /** V0.10 comes after V0.9. */
    private static int number(Resource migration) {
        return Integer.parseInt(String.valueOf(migration.getFilename()).replaceFirst("V0\\.(\\d+)__.*", "$1"));
    }
}
