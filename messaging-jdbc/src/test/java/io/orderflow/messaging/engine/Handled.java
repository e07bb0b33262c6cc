package io.orderflow.messaging.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database that notes what was handled, in its order, in the handler's transaction. */
record Handled(HikariDataSource database, JdbcClient jdbc) implements AutoCloseable {

    static Handled inFreshDatabase() {
        String url = PostgresServer.find().createFreshDatabase("engine");
        Handled handled = in(url);
        ResourceDatabasePopulator populator = LibraryScripts.populator();
        populator.addScript(new ByteArrayResource(
                "create table handled (place bigint generated always as identity, k text not null, n int not null)"
                        .getBytes(StandardCharsets.UTF_8)));
        populator.execute(handled.database());
        return handled;
    }

    /** A database made before, by another process as a rule. */
    static Handled in(String url) {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(url);
        database.setMaximumPoolSize(12);
        database.setMinimumIdle(1);
        return new Handled(database, JdbcClient.create(database));
    }

    String url() {
        return database.getJdbcUrl();
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

    long total() {
        return count("handled");
    }

    List<String> twice() {
        return jdbc.sql("select k || '-' || n from handled group by k, n having count(*) > 1")
                .query(String.class)
                .list();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    @Override
    public void close() {
        database.close();
    }
}
