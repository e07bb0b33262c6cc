package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.testkit.service.EndpointAccess;
import io.orderflow.messaging.testkit.service.TestTokens;
import io.orderflow.order.Api;
import io.orderflow.order.SecuredOrderService;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

/** Which role may call which endpoint. A new endpoint needs a row here and a rule in the service. */
class OrderAccessTest extends SecuredOrderService {

    private static final String API = """
            DELETE /webhooks/{id}: service, operator
            GET /error: nobody
            GET /events: service, reader, operator
            GET /orders/{id}/events: customer, service, reader, operator
            GET /orders/{id}/timeline: customer, service, reader, operator
            GET /orders/{id}: customer, service, reader, operator
            GET /orders: customer, service, reader, operator
            GET /products: everybody
            GET /readyz: everybody
            GET /webhooks/{id}/deliveries/{deliveryId}: service, reader, operator
            GET /webhooks/{id}/deliveries: service, reader, operator
            GET /webhooks/{id}: service, reader, operator
            GET /webhooks: service, reader, operator
            POST /error: nobody
            POST /orders/{id}/cancellation: customer, service, operator
            POST /orders: customer, service, operator
            POST /shipping-quotes: customer, service, operator
            POST /webhooks/{id}/deliveries/{deliveryId}/redelivery: service, operator
            POST /webhooks/{id}/secret: service, operator
            POST /webhooks/{id}/test: service, operator
            POST /webhooks: service, operator
            PUT /products/{sku}/price: operator
            """;

    private static final String MANAGEMENT = """
            GET /actuator/health/**: everybody
            GET /actuator/health: everybody
            GET /actuator/info: everybody
            GET /actuator/prometheus: reader, operator
            GET /actuator/sbom/{id}: reader, operator
            GET /actuator/sbom: reader, operator
            GET /actuator: reader, operator
            GET /audit: reader, operator
            GET /conservation/published: reader, operator
            GET /dead-letters/redrives/{id}: reader, operator
            GET /dead-letters/redrives: reader, operator
            GET /dead-letters/{id}: operator
            GET /dead-letters: reader, operator
            GET /error: reader, operator
            GET /groups: reader, operator
            GET /outbox/parked: reader, operator
            GET /outbox/scheduled: reader, operator
            GET /replays/{id}: reader, operator
            GET /replays: reader, operator
            GET /subscriptions: reader, operator
            POST /conservation/check: operator
            POST /dead-letters/redrives/{id}/cancel: operator
            POST /dead-letters/redrives: operator
            POST /dead-letters/{id}/discard: operator
            POST /dead-letters/{id}/redrive: operator
            POST /error: operator
            POST /groups/{topic}/{group}/remove: operator
            POST /outbox/parked/{id}/delete: operator
            POST /outbox/parked/{id}/release: operator
            POST /outbox/scheduled/{id}/cancel: operator
            POST /replays/{id}/cancel: operator
            POST /replays: operator
            POST /subscriptions/{topic}/{group}/pause: operator
            POST /subscriptions/{topic}/{group}/resume: operator
            """;

    @Autowired
    private EndpointAccess access;

    @Test
    void everyEndpointOfTheApiHasARule() {
        assertThat(access.ofApi()).isEqualTo(API);
    }

    @Test
    void everyEndpointOfTheManagementPortHasARule() {
        assertThat(access.ofManagement()).isEqualTo(MANAGEMENT);
    }

    @Test
    void pagesAndReadinessArePublic() {
        for (String path : List.of("/", "/shop.js", "/docs/index.html", "/docs/problems.html", "/readyz")) {
            assertThat(api.get(path).status()).as(path).isEqualTo(200);
        }
    }

    static List<String> invalidTokens() {
        Instant past = Instant.now().minusSeconds(600);
        return List.of(
                "nonsense",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJyb2xlcyI6WyJPUEVSQVRPUiJdfQ.",
                TestTokens.ofAnotherKey("OPERATOR", "eve"),
                TestTokens.of("OPERATOR", "eve", claims -> claims.issuedAt(past).expiresAt(past.plusSeconds(1))),
                TestTokens.of("OPERATOR", "eve", claims -> claims.claims(all -> all.remove("exp"))),
                TestTokens.of("OPERATOR", "eve", claims -> claims.claims(all -> all.remove("sub"))),
                TestTokens.of("OPERATOR", "eve", claims -> claims.issuer("another")),
                TestTokens.of("OPERATOR", "eve", claims -> claims.audience(List.of("another"))));
    }

    @ParameterizedTest
    @MethodSource("invalidTokens")
    void anInvalidTokenIsUnauthorized(String token) {
        Api.Response response = new Api(port(), token).get("/orders");

        OrderApiTest.isProblem(response, 401, "unauthorized");
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.body()).doesNotContain(token);
    }

    /** With the password of an operator that a browser remembers. */
    @Test
    void aPageOfAnotherOriginChangesNothing() {
        String operator = HttpHeaders.encodeBasicAuth("operator", Api.OPERATOR_PASSWORD, null);
        for (String path : List.of("/orders/" + UUID.randomUUID() + "/cancellation", "/products/BOOK-EIP/price")) {
            OrderApiTest.isProblem(
                    api.send(api.request(path)
                            .header("Authorization", "Basic " + operator)
                            .header("Sec-Fetch-Site", "cross-site")
                            .POST(BodyPublishers.noBody())),
                    403,
                    "forbidden");
        }
    }

    @Test
    void aRequestWithoutARuleIsDenied() {
        OrderApiTest.isProblem(as("OPERATOR", "olga").get("/no-such-endpoint"), 403, "forbidden");
        OrderApiTest.isProblem(api.get("/no-such-endpoint"), 401, "unauthorized");
    }
}
