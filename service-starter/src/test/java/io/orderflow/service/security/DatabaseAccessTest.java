package io.orderflow.service.security;

import static io.orderflow.service.security.RunningApplication.OPERATOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.PostgresServer;
import io.orderflow.servers.ServiceDatabase;
import io.orderflow.service.security.RunningApplication.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service whose role may read and write rows and nothing else, and whose migrations are run by the owner. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseAccessTest {

    /** The last one takes three seconds. */
    private static final String MIGRATIONS = "spring.flyway.locations=classpath:db/slow";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void migrations_run_as_the_owner_and_queries_of_the_service_are_limited() {
        ServiceDatabase database = PostgresServer.find()
                .serviceDatabase("access_" + UUID.randomUUID().toString().substring(0, 8));
        try (RunningApplication service = new RunningApplication(
                SlowQueries.class,
                "management.server.port=0",
                "orderflow.operator.password=a good password",
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=" + database.service().user(),
                "spring.datasource.password=" + database.service().password(),
                "spring.datasource.hikari.data-source-properties.socketTimeout=2",
                "spring.jdbc.template.query-timeout=1s",
                "spring.flyway.user=" + database.owner().user(),
                "spring.flyway.password=" + database.owner().password(),
                MIGRATIONS)) {
            JdbcClient jdbc = service.context.getBean(JdbcClient.class);
            assertThatCode(() -> jdbc.sql("insert into thing values (1)").update())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> jdbc.sql("create table another (id int)").update())
                    .rootCause()
                    .hasMessageContaining("permission denied");

            service.poison("undecodable", "{\"orderId\": \"1\"}".getBytes(UTF_8));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(service.get("/dead-letters", OPERATOR)
                                    .json()
                                    .get("total")
                                    .asInt())
                            .isEqualTo(1));

            Response response = service.onPublicPort("/slow");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.json().get("type").asString()).isEqualTo("/docs/problems.html#unavailable");
            assertThat(jdbc.sql(
                                    "select count(*) from pg_stat_activity where query like '%pg_sleep(30)%' and state = 'active'"
                                            + " and pid <> pg_backend_pid()")
                            .query(Long.class)
                            .single())
                    .as("queries that run after their response")
                    .isZero();
        }
    }

    @Test
    void a_migration_of_the_services_own_role_may_take_longer_than_the_socket_time_out() {
        try (RunningApplication service = new RunningApplication(
                "management.server.port=0",
                "spring.datasource.hikari.data-source-properties.socketTimeout=2",
                MIGRATIONS)) {
            assertThat(service.get("/actuator/health/liveness", null).status()).isEqualTo(200);
        }
    }

    @Configuration
    static class SlowQueries {

        @Bean
        SlowApi slowApi(JdbcClient jdbc) {
            return new SlowApi(jdbc);
        }
    }

    @RestController
    record SlowApi(JdbcClient jdbc) {

        @GetMapping("/slow")
        String slow() {
            return jdbc.sql("select 'slept' || pg_sleep(30)")
                    .query(String.class)
                    .single();
        }
    }
}
