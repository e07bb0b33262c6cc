package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.order.Api.Response;
import io.orderflow.order.RunningOrderService;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderPollingTest extends RunningOrderService {

    private String id;

    @BeforeEach
    void placeAnOrder() {
        id = api.post("/orders", order("ada", item("BOOK-EIP", 1)))
                .json()
                .get("id")
                .stringValue();
    }

    @Test
    void anOrderThatTheClientKnowsIsNotSentAgain() {
        String known = api.get("/orders/" + id).header("ETag");

        Response unchanged = api.send(request().header("If-None-Match", known));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).isEqualTo(known);

        api.cancel(id);
        Response changed = api.send(request().header("If-None-Match", known));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(known);
    }

    @Test
    void aRequestThatWaitsIsAnsweredWhenTheOrderChanges() throws Exception {
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> api.send(request().header("Prefer", "wait=30")));

        api.cancel(id);

        Response response = waiting.get(20, TimeUnit.SECONDS);
        assertThat(response.json().get("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(response.header("Preference-Applied")).isEqualTo("wait=30");
    }

    @Test
    void aRequestDoesNotWaitForAChangeThatTheClientHasMissed() {
        api.cancel(id);

        long start = System.nanoTime();
        Response response = api.send(request().header("Prefer", "wait=29"));

        assertThat(response.json().get("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(20);
    }

    @Test
    void aRequestThatWaitsInVainIsAnsweredWithTheOrder() {
        Response response = api.send(request().header("Prefer", "wait=1"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().get("status").stringValue()).isEqualTo("PENDING");
        String known = response.header("ETag");
        assertThat(api.send(request().header("If-None-Match", known).header("Prefer", "wait=1"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void anUnknownVersionOfTheApiIsRejected() {
        assertThat(api.send(request().header("API-Version", "1")).status()).isEqualTo(200);

        OrderApiTest.isProblem(api.send(request().header("API-Version", "9")), 400, "invalid-request");
        OrderApiTest.isProblem(api.send(request().header("API-Version", "x")), 400, "invalid-request");
    }

    private HttpRequest.Builder request() {
        return api.request("/orders/" + id);
    }
}
