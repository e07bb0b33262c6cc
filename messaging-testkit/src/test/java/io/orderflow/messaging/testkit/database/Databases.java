package io.orderflow.messaging.testkit.database;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.testkit.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Databases with the library's tables, each with a pool as an application has it. */
final class Databases {

    private Databases() {}

    static HikariDataSource fresh() {
        return migrated(PostgresServer.find().createFreshDatabase("messaging"));
    }

    static HikariDataSource migrated(String url) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setMaximumPoolSize(16);
        dataSource.setMinimumIdle(1);
        dataSource.setConnectionTimeout(5_000);
        new ResourceDatabasePopulator(migrations()).execute(dataSource);
        return dataSource;
    }

    /** The library's migrations, in their order. */
    private static Resource[] migrations() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:db/messaging/V*.sql"))
                    .sorted(Comparator.comparing(Resource::getFilename))
                    .toArray(Resource[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
