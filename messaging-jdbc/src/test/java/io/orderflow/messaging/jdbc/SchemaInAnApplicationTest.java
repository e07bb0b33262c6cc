package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.database.UnusableDatabaseException;
import io.orderflow.servers.PostgresServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The library's tables beside those of an application with migrations of its own, which knows nothing of the library's. */
class SchemaInAnApplicationTest {

    private static final int INSTANCES = 3;

    @ParameterizedTest
    @EnumSource
    void the_library_migrates_its_tables_itself_with_a_history_of_its_own(StartingDatabase database) {
        String url = database.create();
        start(url).close();
        assertMigrated(url);
        start(url).close();
        assertMigrated(url);
    }

    @ParameterizedTest
    @EnumSource
    void instances_that_start_at_the_same_time_do_not_disturb_each_other(StartingDatabase database) throws Exception {
        String url = database.create();
        ExecutorService instances = Executors.newFixedThreadPool(INSTANCES);
        // the instances of this JVM share one Logback context, which two threads must not configure at once
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                starts.add(instances.submit(() -> start(url).close()));
            }
            for (Future<?> each : starts) {
                each.get();
            }
        } finally {
            System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
            instances.shutdownNow();
        }
        assertMigrated(url);
    }

    @Test
    void missing_tables_stop_the_start_and_are_named() {
        String url = StartingDatabase.EXISTING.create();
        assertStops(() -> start(url, "--messaging.database.migrate=false"))
                .hasMessageContaining("Tables of messaging are missing (database schema_")
                .hasMessageEndingWith(": " + String.join(", ", libraryTables()) + ".")
                .satisfies(each -> assertAction(each).contains("messaging.database.migrate", "classpath:db/messaging"));
    }

    @Test
    void without_flyway_the_advice_is_another_one() {
        String url = PostgresServer.find().createFreshDatabase("schema");
        FilteredClassLoader withoutFlyway = new FilteredClassLoader("org.flywaydb");
        assertStops(() -> application()
                        .resourceLoader(new DefaultResourceLoader(withoutFlyway))
                        .run(arguments(url)))
                .hasMessageContaining("Tables of messaging are missing")
                .satisfies(each -> assertAction(each).contains("spring-boot-starter-flyway"));
    }

    @Test
    void a_migration_that_others_have_not_applied_stops_the_start() {
        String url = StartingDatabase.EMPTY.create();
        start(url).close();
        sql(url, "delete from messaging_schema_history where version not in ('0.1', '0.2')");
        assertStops(() -> start(url, "--messaging.database.migrate=false"))
                .hasMessageContaining("Migrations of messaging have not been applied")
                .hasMessageContaining("V0.3__held_keys_and_quarantine.sql, V0.4__sequences.sql");
    }

    @Test
    void tables_without_a_history_are_not_guessed_at() {
        String url = StartingDatabase.EXISTING.create();
        LibraryScripts.populator().execute(new DriverManagerDataSource(url));
        assertStops(() -> start(url))
                .hasMessageContaining("The tables of messaging exist, but not their history")
                .satisfies(each -> assertAction(each).contains("baseline", "messaging.database.migrate=false"));
        start(url, "--messaging.database.migrate=false").close();
    }

    @Test
    void the_librarys_scripts_among_the_applications_stop_the_start() {
        String url = StartingDatabase.OLDER.create();
        assertStops(() -> start(url, "--spring.flyway.locations=classpath:db", "--spring.flyway.out-of-order=true"))
                .hasMessageContaining("are among those of the application's Flyway")
                .satisfies(each -> assertAction(each).contains("spring.flyway.locations"));
        start(url).close();
        assertMigrated(url);
    }

    @Test
    void flyways_user_creates_the_tables_and_the_applications_user_needs_no_more_than_to_write_them() {
        String url = StartingDatabase.EXISTING.create();
        String user = url.replaceFirst(".*/(schema_\\w+).*", "app_$1");
        sql(url, "create role " + user + " login password 'secret'");
        String[] users = {
            "--spring.datasource.url=" + url.replaceFirst("\\?.*", ""),
            "--spring.datasource.username=" + user,
            "--spring.datasource.password=secret",
            "--spring.flyway.user=" + PostgresServer.USER,
            "--spring.flyway.password=" + PostgresServer.PASSWORD
        };
        assertStops(() -> start(url, users))
                .hasMessageContaining("may not use tables of messaging")
                .hasMessageContaining("user " + user)
                .satisfies(each -> assertAction(each).contains("Grant select, insert, update and delete"));

        sql(url, "grant select, insert, update, delete on all tables in schema public to " + user);
        start(url, users).close();
        assertMigrated(url);
    }

    private static void assertMigrated(String url) {
        JdbcClient jdbc = jdbc(url);
        List<String> ours = jdbc.sql(
                        "select script from messaging_schema_history where type = 'SQL'" + " order by installed_rank")
                .query(String.class)
                .list();
        assertThat(ours).startsWith(StartingDatabase.OLD.toArray(String[]::new)).doesNotHaveDuplicates();
        assertThat(jdbc.sql("select script from flyway_schema_history where type = 'SQL' order by installed_rank")
                        .query(String.class)
                        .list())
                .containsExactly("V1__customers.sql", "V2__their_cities.sql");
        assertThat(tables(url)).containsAll(libraryTables()).contains("customers");
        assertThat(jdbc.sql("select count(*) from messaging_outbox_lease")
                        .query(Long.class)
                        .single())
                .isEqualTo(16);
    }

    private static List<String> libraryTables() {
        String url = PostgresServer.find().createFreshDatabase("tables");
        LibraryScripts.populator().execute(new DriverManagerDataSource(url));
        return tables(url);
    }

    private static List<String> tables(String url) {
        return jdbc(url)
                .sql("select tablename from pg_tables where schemaname = 'public' order by tablename collate \"C\"")
                .query(String.class)
                .list();
    }

    private static void sql(String url, String statement) {
        jdbc(url).sql(statement).update();
    }

    private static JdbcClient jdbc(String url) {
        return JdbcClient.create(new DriverManagerDataSource(url));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertStops(ThrowingCallable start) {
        return assertThatThrownBy(start).rootCause().isInstanceOf(UnusableDatabaseException.class);
    }

    private static AbstractStringAssert<?> assertAction(Throwable stopped) {
        return assertThat(((UnusableDatabaseException) stopped).action());
    }

    private static ConfigurableApplicationContext start(String url, String... more) {
        return application().run(arguments(url, more));
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF);
    }

    /** What is given goes before what is usual. */
    private static String[] arguments(String url, String... more) {
        Map<String, String> arguments = new LinkedHashMap<>(Map.of(
                "messaging.broker", "memory",
                "messaging.database.migrate", "true",
                "spring.flyway.enabled", "true",
                "spring.flyway.locations", StartingDatabase.THEIR_MIGRATIONS,
                "spring.datasource.url", url,
                "spring.datasource.hikari.maximum-pool-size", "4"));
        for (String each : more) {
            String[] pair = each.substring("--".length()).split("=", 2);
            arguments.put(pair[0], pair[1]);
        }
        return arguments.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {}
}
