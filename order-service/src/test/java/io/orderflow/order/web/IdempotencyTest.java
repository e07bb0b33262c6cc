package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static io.orderflow.order.web.OrderApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.order.Api.Response;
import io.orderflow.order.RunningOrderService;
import io.orderflow.order.usecases.IdempotencyKeyReusedException;
import io.orderflow.order.usecases.IdempotencyKeys;
import io.orderflow.order.usecases.StoredResponses;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class IdempotencyTest extends RunningOrderService {

    private static final int CONCURRENT = 50;

    @Autowired
    private IdempotencyKeys keys;

    private final String key = "key-" + UUID.randomUUID();
    private final String customer = "customer-" + UUID.randomUUID();
    private final String body = order(customer, item("BOOK-EIP", 1));

    @Test
    void aRepeatedRequestGetsTheStoredResponse() {
        Response first = api.placeOrder(key, body);
        api.cancel(first.json().get("id").stringValue());
        Response repeated = api.placeOrder(key, body);

        assertThat(repeated.status()).isEqualTo(first.status()).isEqualTo(201);
        assertThat(repeated.header("Location")).isEqualTo(first.header("Location"));
        assertThat(repeated.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(ordersPlaced()).isEqualTo(1);
    }

    @Test
    void whiteSpaceTheOrderOfFieldsAndNullsDoNotMatter() {
        Response first = api.placeOrder(key, body);
        Response repeated = api.placeOrder(key, body.replace(" ", "").replace("{", "{\n "));
        Response reordered = api.placeOrder(key, """
                {"items": [{"quantity": 1, "sku": "BOOK-EIP"}], "priority": null,
                 "email": "ada@example.org", "customerId": "%s"}""".formatted(customer));

        assertThat(repeated.body()).isEqualTo(first.body());
        assertThat(reordered.body()).isEqualTo(first.body());
    }

    /** Its fingerprint has another form and cannot be compared. */
    @Test
    void aResponseStoredByAnEarlierReleaseIsReturned() {
        jdbc.sql("""
                        insert into answered_request (key, fingerprint, status, location, body, answered_at)
                        values (?, ?, 202, '/orders/7', '{"id": 7}', now())""")
                .params(scoped(key), "be89afc8a79d6f2cf28e808177b2e3783bbbf112b855a1a635bc83dabc5ccd56")
                .update();
        Response answer = api.placeOrder(key, body);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/orders/7");
        assertThat(answer.body()).isEqualTo("{\"id\": 7}");
    }

    @Test
    void aRepeatedCancellationGetsTheFirstResponseThoughTheOrderHasChanged() {
        String id = api.placeOrder(key, body).json().get("id").stringValue();
        Response first = cancel(id);
        jdbc.sql("update orders set status = 'REJECTED' where id = ?::uuid")
                .param(id)
                .update();

        assertThat(first.status()).as("the key was used for another endpoint").isEqualTo(202);
        Response repeated = cancel(id);
        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.body()).isEqualTo(first.body()).contains("CANCELLED");
        assertThat(repeated.header("Location")).isEqualTo(first.header("Location"));
        isProblem(api.cancel(id), 409, "conflict");
    }

    /** Otherwise slow answers of another service would use up the connections to the database. */
    @Test
    void aRequestWithoutEffectHoldsNoTransactionAndTheFirstResponseIsReturned() {
        StoredResponses.Response stored = new StoredResponses.Response(200, null, "1");

        StoredResponses.Response second = keys.executeWithoutEffect(key, "2:x", () -> {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isFalse();
            assertThat(keys.executeWithoutEffect(key, "2:x", () -> stored)).isEqualTo(stored);
            return new StoredResponses.Response(200, null, "2");
        });

        assertThat(second).isEqualTo(stored);
        assertThat(keys.executeWithoutEffect(key, "2:x", () -> {
                    throw new AssertionError("executed again");
                }))
                .isEqualTo(stored);
        assertThatThrownBy(() -> keys.executeWithoutEffect(key, "2:y", () -> stored))
                .isInstanceOf(IdempotencyKeyReusedException.class);
    }

    @Test
    void aRequestWithoutEffectWaitsForOneThatStoresItsResponse() throws Exception {
        StoredResponses.Response first = new StoredResponses.Response(200, null, "1");
        StoredResponses.Response second = new StoredResponses.Response(200, null, "2");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            List<Future<StoredResponses.Response>> waiting = new ArrayList<>();
            keys.execute(key, "2:x", () -> {
                waiting.add(other.submit(() -> keys.executeWithoutEffect(key, "2:x", () -> second)));
                await().until(() ->
                        waiting.get(0).isDone() || rows("pg_locks where locktype = 'advisory' and not granted") > 0);
                return first;
            });
            assertThat(waiting.get(0).get()).isEqualTo(first);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void fiftyConcurrentRequestsPlaceOneOrder() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService clients = Executors.newFixedThreadPool(CONCURRENT);
        try {
            List<Future<Response>> answers = IntStream.range(0, CONCURRENT)
                    .mapToObj(i -> clients.submit(() -> {
                        start.await();
                        return api.placeOrder(key, body);
                    }))
                    .toList();
            start.countDown();
            for (Future<Response> each : answers) {
                Response answer = each.get();
                assertThat(answer.status()).as(answer.body()).isIn(201, 409);
                if (answer.status() == 409) {
                    isProblem(answer, 409, "idempotency-key-in-use");
                    assertThat(answer.header("Retry-After")).isNotNull();
                }
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(ordersPlaced()).isEqualTo(1);
        assertThat(api.placeOrder(key, body).status()).isEqualTo(201);
        assertThat(ordersPlaced()).isEqualTo(1);
    }

    @Test
    void aRepetitionDoesNotWaitForARequestInProgress() {
        keys.execute(scoped(key), "2:x", () -> {
            isProblem(api.placeOrder(key, body), 409, "idempotency-key-in-use");
            return new StoredResponses.Response(201, "/orders/7", "{}");
        });
        assertThat(ordersPlaced()).isZero();
    }

    @Test
    void anotherRequestWithTheSameKeyIsRejected() {
        api.placeOrder(key, body);
        isProblem(api.placeOrder(key, order(customer, item("BOOK-EIP", 2))), 422, "idempotency-key-reused");
        assertThat(ordersPlaced()).isEqualTo(1);
    }

    @Test
    void aRejectedRequestDoesNotUseUpTheKey() {
        isProblem(api.placeOrder(key, order(customer, item("NO-SUCH", 1))), 400, "invalid-request");
        assertThat(api.placeOrder(key, body).status()).isEqualTo(201);
    }

    @Test
    void aFailedTransactionStoresNothingAndDoesNotUseUpTheKey() {
        long responses = rows("answered_request");
        assertThatThrownBy(() -> keys.execute(scoped(key), "2:x", () -> {
                    jdbc.sql("insert into product values ('CRASHED', 'x', 1)").update();
                    jdbc.sql("select pg_terminate_backend(pg_backend_pid())")
                            .query(Boolean.class)
                            .single();
                    return new StoredResponses.Response(201, "/orders/7", "{}");
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(rows("answered_request")).isEqualTo(responses);
        assertThat(rows("product where sku = 'CRASHED'")).isZero();
        assertThat(api.placeOrder(key, body).status()).isEqualTo(201);
    }

    @Test
    void aKeyCanBeUsedAgainAfterItsRetention() {
        Response first = api.placeOrder(key, body);
        jdbc.sql("update answered_request set answered_at = answered_at - interval '25 hours' where key = ?")
                .param(scoped(key))
                .update();
        Response second = api.placeOrder(key, body);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Location")).isNotEqualTo(first.header("Location"));
        assertThat(api.placeOrder(key, body).header("Location")).isEqualTo(second.header("Location"));
    }

    @Test
    void onlyExpiredResponsesAreDeleted() {
        String old = key + "-old";
        api.placeOrder(key, body);
        api.placeOrder(old, body);
        jdbc.sql("update answered_request set answered_at = answered_at - interval '25 hours' where key = ?")
                .param(scoped(old))
                .update();
        keys.deleteExpired();
        assertThat(jdbc.sql("select key from answered_request where key like ?")
                        .param(scoped(key) + "%")
                        .query(String.class)
                        .list())
                .containsExactly(scoped(key));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aKeyHasOneTo255Characters(int length) {
        isProblem(api.placeOrder("k".repeat(length), body), 400, "invalid-request");
    }

    @Test
    void aKeyIsVisibleAscii() {
        isProblem(api.placeOrder("a b", body), 400, "invalid-request");
        assertThat(ordersPlaced()).isZero();
    }

    private Response cancel(String id) {
        return api.send(api.request("/orders/" + id + "/cancellation")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody()));
    }

    private static String scoped(String key) {
        return "anonymous /orders " + key;
    }

    private int ordersPlaced() {
        return api.get("/orders?customerId=" + customer).json().get("items").size();
    }
}
