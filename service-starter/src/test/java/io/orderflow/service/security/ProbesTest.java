package io.orderflow.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.PostgresServer;
import io.orderflow.servers.RedisServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The probes of a service whose broker or database is unavailable. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProbesTest {

    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/actuator/health/readiness";
    private static final String AGGREGATE = "/actuator/health";
    private static final Duration DETECTION = Duration.ofSeconds(30);

    @Test
    void a_service_stays_ready_without_its_broker_and_alive_without_its_database() {
        PostgresServer database = PostgresServer.find();
        String url = database.createFreshDatabase("probes");
        try (TcpProxy toDatabase = database.proxy();
                TcpProxy toBroker = RedisServer.find().proxy();
                RunningApplication service = new RunningApplication(
                        "management.server.port=0",
                        "messaging.broker=redis",
                        "spring.data.redis.port=" + toBroker.port(),
                        "spring.datasource.hikari.connection-timeout=500",
                        "spring.datasource.url="
                                + url.replaceFirst("localhost:[0-9]+", "localhost:" + toDatabase.port()))) {
            await().atMost(DETECTION)
                    .untilAsserted(() ->
                            assertThat(service.get(AGGREGATE, null).status()).isEqualTo(200));
            assertThat(service.get(READINESS, null).status()).isEqualTo(200);
            assertThat(service.get(LIVENESS, null).status()).isEqualTo(200);
            assertThat(service.onPublicPort("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(service.onPublicPort("/livez").status()).isEqualTo(404);

            toBroker.refuse();
            await().atMost(DETECTION)
                    .untilAsserted(() ->
                            assertThat(service.get(AGGREGATE, null).status()).isEqualTo(503));
            assertThat(service.get(READINESS, null).status()).isEqualTo(200);
            assertThat(service.onPublicPort("/readyz").status()).isEqualTo(200);
            assertThat(service.get(LIVENESS, null).status()).isEqualTo(200);

            toDatabase.refuse();
            await().atMost(DETECTION)
                    .untilAsserted(() ->
                            assertThat(service.get(READINESS, null).status()).isEqualTo(503));
            assertThat(service.onPublicPort("/readyz").status()).isEqualTo(503);
            assertThat(service.get(LIVENESS, null).status()).isEqualTo(200);

            toDatabase.heal();
            await().atMost(DETECTION)
                    .untilAsserted(() ->
                            assertThat(service.get(READINESS, null).status()).isEqualTo(200));
        }
    }
}
