package io.orderflow.messaging.testkit.ordering;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.testkit.database.LibraryTables;
import io.orderflow.messaging.testkit.servers.PostgresServer;
import java.util.List;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database that notes what was handled, in its order, in the handler's transaction. */
record Handled(HikariDataSource database, JdbcClient jdbc) implements AutoCloseable {

    static Handled inFreshDatabase() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(PostgresServer.find().createFreshDatabase("ordering"));
        database.setMaximumPoolSize(12);
        database.setMinimumIdle(1);
        ResourceDatabasePopulator populator = LibraryTables.populator();
        populator.addScript(new ByteArrayResource(
                "create table handled (place bigint generated always as identity, k text not null, n int not null)"
                        .getBytes()));
        populator.execute(database);
        return new Handled(database, JdbcClient.create(database));
    }

    void note(String key, int number) {
        jdbc.sql("insert into handled (k, n) values (?, ?)").params(key, number).update();
    }

    List<Integer> of(String key) {
        return jdbc.sql("select n from handled where k = ? order by place")
                .param(key)
                .query(Integer.class)
                .list();
    }

    long keysHeld() {
        return count("messaging_held_key");
    }

    long parked() {
        return count("messaging_parked_message");
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    @Override
    public void close() {
        database.close();
    }
}
