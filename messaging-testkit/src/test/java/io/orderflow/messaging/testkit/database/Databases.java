package io.orderflow.messaging.testkit.database;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.servers.PostgresServer;

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
        LibraryScripts.populator().execute(dataSource);
        return dataSource;
    }
}
