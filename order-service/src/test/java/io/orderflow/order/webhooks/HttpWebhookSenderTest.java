package io.orderflow.order.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookAttempt;
import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.domain.WebhookDelivery.Status;
import io.orderflow.order.domain.WebhookSecrets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhookSenderTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anAnswerIsStoredUpToALimit() {
        on("/", exchange -> respond(exchange, 200, "x".repeat(100_000)));

        WebhookAttempt attempt = send(local("/"));

        assertThat(attempt.isAccepted()).isTrue();
        assertThat(attempt.answer()).isEqualTo("x".repeat(HttpWebhookSender.MAX_ANSWER));
    }

    @Test
    void aRedirectIsNotFollowed() {
        on("/", exchange -> {
            exchange.getResponseHeaders().add("Location", local("/other"));
            respond(exchange, 307, "");
        });
        on("/other", exchange -> respond(exchange, 200, ""));

        assertThat(send(local("/")).status()).isEqualTo(307);
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "Fri, 27 Nov 2026 10:02:00 GMT"})
    void theRequestedDelayIsReturnedAndNothingIsRepeated(String retryAfter) {
        on("/", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
            respond(exchange, 503, "");
        });

        assertThat(send(local("/")).retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "Fri, 27 Nov 2099 10:02:00 GMT"})
    void theRequestedDelayIsBounded(String retryAfter) {
        assertThat(RetryAfter.parse(retryAfter, NOW)).isEqualTo(RetryAfter.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "Fri, 27 Nov 2020 10:02:00 GMT", "99999999999999999999"})
    void aRequestedDelayWithoutMeaningIsIgnored(String retryAfter) {
        assertThat(RetryAfter.parse(retryAfter, NOW)).isEqualTo(Duration.ZERO);
    }

    @Test
    void anEndpointThatDoesNotAnswerIsAbandonedAfterTheTimeout() {
        on("/", exchange -> awaitEnd());

        WebhookAttempt attempt = send(local("/"));

        assertThat(attempt.status()).isNull();
        assertThat(attempt.answer()).contains("no complete response within 1000 ms");
        assertThat(attempt.took()).isBetween(TIMEOUT, TIMEOUT.multipliedBy(5));
    }

    @Test
    void anEndpointThatAnswersByteByByteIsAbandonedAfterTheTimeout() {
        on("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    body.write('x');
                    body.flush();
                    end.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        WebhookAttempt attempt = send(local("/"));

        assertThat(attempt.status()).isNull();
        assertThat(attempt.took()).isBetween(TIMEOUT, TIMEOUT.multipliedBy(5));
    }

    @Test
    void anEndpointThatIsUnreachableIsAFailedAttempt() {
        server.stop(0);

        WebhookAttempt attempt = send(local("/"));

        assertThat(attempt.status()).isNull();
        assertThat(attempt.answer()).contains("refused");
    }

    @Test
    void theAddressIsCheckedWhenTheRequestConnects() {
        on("/", exchange -> respond(exchange, 200, "private"));

        WebhookAttempt attempt = send(local("/"), false, SystemDefaultDnsResolver.INSTANCE);

        assertThat(attempt.status()).isNull();
        assertThat(attempt.answer()).isEqualTo("The host name cannot be resolved to a public address.");
        assertThat(requests).hasValue(0);
    }

    /** The name of a public address at the first resolution, and of a private one afterwards. */
    @Test
    void aNameThatChangesItsAddressLeadsNowhere() {
        on("/", exchange -> respond(exchange, 200, "private"));
        AtomicInteger resolutions = new AtomicInteger();
        DnsResolver rebinding = resolver(host -> {
            resolutions.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        String url = "http://rebinding.example:" + server.getAddress().getPort() + "/";
        new AllowedAddresses(false).requireAllowed(URI.create(url)); // the name was public when it was registered

        WebhookAttempt attempt = send(url, false, rebinding);

        assertThat(attempt.answer()).isEqualTo("The host name cannot be resolved to a public address.");
        assertThat(resolutions).hasValue(1);
        assertThat(requests).hasValue(0);
    }

    /** Resolved once, connected to that address, with the name in the Host header. */
    @Test
    void theRequestConnectsToTheAddressThatWasChecked() {
        StringBuilder hosts = new StringBuilder();
        on("/", exchange -> {
            hosts.append(exchange.getRequestHeaders().getFirst("Host"));
            respond(exchange, 200, "");
        });
        AtomicInteger resolutions = new AtomicInteger();
        DnsResolver once = resolver(host -> resolutions.incrementAndGet() == 1
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : new InetAddress[0]);
        String authority = "orders.example:" + server.getAddress().getPort();

        assertThat(send("http://" + authority + "/", true, once).status()).isEqualTo(200);
        assertThat(hosts).hasToString(authority);
        assertThat(resolutions).hasValue(1);
    }

    private interface Resolution {

        InetAddress[] of(String host) throws IOException;
    }

    private static DnsResolver resolver(Resolution resolution) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                try {
                    return resolution.of(host);
                } catch (java.net.UnknownHostException e) {
                    throw e;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private WebhookAttempt send(String url) {
        return send(url, true, SystemDefaultDnsResolver.INSTANCE);
    }

    private WebhookAttempt send(String url, boolean allowLoopback, DnsResolver dns) {
        AllowedAddresses allowed = new AllowedAddresses(allowLoopback);
        WebhookHttpProperties properties = new WebhookHttpProperties(TIMEOUT, TIMEOUT, allowLoopback);
        try (CloseableHttpClient client = WebhookHttpClient.create(properties, allowed, dns)) {
            Webhook webhook =
                    new Webhook(UUID.randomUUID(), URI.create(url), List.of("x"), WebhookSecrets.create(), null, NOW);
            WebhookDelivery delivery =
                    new WebhookDelivery(1, UUID.randomUUID(), webhook.id(), "x", "{}", 1, Status.PENDING, NOW);
            return new HttpWebhookSender(client, allowed, TIMEOUT, InstantSource.fixed(NOW)).send(webhook, delivery);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String local(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
