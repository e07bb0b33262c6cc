package io.orderflow.messaging.database;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.servers.PostgresServer;

/** Databases with the library's tables, each with a pool as an application has it. */
public final class Databases {

    private Databases() {}

    public static HikariDataSource fresh() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(PostgresServer.find().createFreshDatabase("messaging"));
        dataSource.setMaximumPoolSize(16);
        dataSource.setMinimumIdle(1);
        dataSource.setConnectionTimeout(5_000);
        LibraryScripts.populator().execute(dataSource);
        return dataSource;
    }
}
