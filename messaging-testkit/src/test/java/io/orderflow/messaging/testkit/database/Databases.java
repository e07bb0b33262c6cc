package io.orderflow.messaging.testkit.database;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.testkit.servers.PostgresServer;
import org.springframework.core.io.ClassPathResource;
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
        new ResourceDatabasePopulator(new ClassPathResource("db/messaging/V0.1__outbox_and_inbox.sql"))
                .execute(dataSource);
        return dataSource;
    }
}
