package io.orderflow.messaging.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPayloadSourceTest {

    private static final String REFERENCE = PayloadStore.PATH + UUID.randomUUID();

    private final List<String> requests = new ArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private HttpPayloadSource source;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = {1, 2, 3};
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        source = new HttpPayloadSource(Map.of("shop", address()), "secret");
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_payload_is_fetched_from_the_configured_address_of_its_sender_with_the_token() throws Exception {
        assertThat(source.fetch(message("/shop", REFERENCE))).containsExactly(1, 2, 3);
        assertThat(requests).containsExactly(REFERENCE + " Bearer secret");
    }

    @Test
    void a_payload_that_is_gone_is_not_fetched_again() {
        status = 404;

        assertNoPayload(message("/shop", REFERENCE), "its payload is gone", "messaging.payloads.retention");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 500, 503})
    void a_sender_that_does_not_serve_may_do_so_later(int answered) {
        status = answered;

        assertUnavailable("status " + answered);
    }

    @Test
    void a_sender_that_is_unavailable_may_be_available_later() {
        server.stop(0);

        assertUnavailable("the sender is unavailable");
    }

    @Test
    @Timeout(10)
    void a_sender_that_stalls_in_the_body_is_unavailable() {
        CountDownLatch end = new CountDownLatch(1);
        server.createContext(PayloadStore.PATH, exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        source = new HttpPayloadSource(Map.of("shop", address()), null, Duration.ofMillis(200));

        try {
            assertUnavailable("the sender is unavailable");
        } finally {
            end.countDown();
        }
    }

    @Test
    void no_address_is_taken_from_a_message() {
        String address = "http://localhost:" + server.getAddress().getPort() + REFERENCE;

        assertNoPayload(message("/shop", address), "the reference to its payload is malformed", "ce_dataref");
        assertNoPayload(
                message("/shop", "/payloads/../actuator/env"),
                "the reference to its payload is malformed",
                "ce_dataref");
        assertNoPayload(
                message("/other", REFERENCE),
                "the address of the sender of its payload is not configured",
                "messaging.payloads.senders.other is not set");
        assertThat(requests).isEmpty();
    }

    private void assertUnavailable(String why) {
        assertThatThrownBy(() -> source.fetch(message("/shop", REFERENCE)))
                .isInstanceOf(MessagingException.class)
                .isNotInstanceOf(MessageRejectedException.class)
                .hasMessageContainingAll(REFERENCE, why, "retried");
    }

    private void assertNoPayload(Message<String, byte[]> message, String reason, String explanation) {
        assertThatExceptionOfType(NoPayloadException.class)
                .isThrownBy(() -> source.fetch(message))
                .withMessageContaining(explanation)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static Message<String, byte[]> message(String sender, String reference) {
        return new Message<>("k", null, Map.of(Headers.SOURCE, sender, Headers.DATA_REF, reference), Instant.EPOCH);
    }
}
