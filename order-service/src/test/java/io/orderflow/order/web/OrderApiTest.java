package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.order.Api.Response;
import io.orderflow.order.RunningOrderService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrderApiTest extends RunningOrderService {

    @Test
    void anOrderIsPlacedAtTheCurrentPrices() {
        Response placed = api.post("/orders", """
                {"customerId": "ada", "email": "ada@example.org", "priority": "express",
                 "items": [{"sku": "BOOK-EIP", "quantity": 2}, {"sku": "MUG-RABBIT", "quantity": 1}]}""");

        assertThat(placed.status()).isEqualTo(201);
        String id = placed.json().get("id").stringValue();
        assertThat(placed.header("Location")).matches("http://[^/]+/orders/" + id);
        assertThat(placed.json().get("status").stringValue()).isEqualTo("PENDING");
        assertThat(placed.json().get("total").decimalValue()).isEqualByComparingTo("112.30");
        assertThat(placed.json().get("priority").stringValue()).isEqualTo("express");

        Response found = api.get("/orders/" + id);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json().get("items")).isEqualTo(placed.json().get("items"));
        assertThat(found.json().at("/items/0/amount").decimalValue()).isEqualByComparingTo("99.80");
        assertThat(found.body()).doesNotContain("example.org");
    }

    @Test
    void theTimelineBeginsWithThePlacement() {
        JsonNode entries =
                api.get("/orders/" + place("ada") + "/timeline").json().get("items");
        assertThat(entries.size()).isEqualTo(1);
        assertThat(entries.at("/0/what").stringValue()).isEqualTo("Order placed");
        assertThat(entries.at("/0/status").stringValue()).isEqualTo("PENDING");
        assertThat(entries.get(0).has("eventId")).isFalse();
    }

    @Test
    void ordersAreListedByCustomerTheLatestFirst() {
        String customer = "lister-" + UUID.randomUUID();
        String first = place(customer);
        String second = place(customer);

        JsonNode all = api.get("/orders?customerId=" + customer).json();
        assertThat(all.at("/items/0/id").stringValue()).isEqualTo(second);
        assertThat(all.at("/items/1/id").stringValue()).isEqualTo(first);
        assertThat(all.has("next")).isFalse();
        JsonNode page = api.get("/orders?customerId=" + customer + "&size=1").json();
        assertThat(page.get("items").findValuesAsString("id")).containsExactly(second);
        place(customer); // does not move the next page
        JsonNode next = api.get("/orders?customerId=" + customer + "&size=1&cursor="
                        + page.get("next").stringValue())
                .json();
        assertThat(next.get("items").findValuesAsString("id")).containsExactly(first);
        assertThat(next.has("next")).isFalse();
        assertThat(api.get("/orders?customerId=nobody").json().get("items").size())
                .isZero();
        assertThat(api.get("/orders").json().get("items").size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void productsAreListedWithTheirPrices() {
        JsonNode products = api.get("/products").json().get("items");
        assertThat(products.size()).isEqualTo(12);
        assertThat(products.findValuesAsString("sku")).contains("BOOK-DDD", "LAST-ONE");
        assertThat(products.at("/0/price").decimalValue()).isEqualByComparingTo("54.90");
    }

    @Test
    void aPendingOrderIsCancelledAtOnceAndOnlyOnce() {
        String id = place("ada");
        assertThat(api.cancel(id).json().get("status").stringValue()).isEqualTo("CANCELLED");
        Response again = api.cancel(id);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().get("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(api.get("/orders/" + id + "/timeline").json().get("items").size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHIPPED", "REJECTED"})
    void aShippedOrRejectedOrderCannotBeCancelled(String status) {
        String id = place("ada");
        jdbc.sql("update orders set status = ?, reason = ?, carrier = ?, tracking_number = ? where id = ?")
                .params(
                        status,
                        status.equals("REJECTED") ? "out of stock" : null,
                        status.equals("SHIPPED") ? "ACME" : null,
                        status.equals("SHIPPED") ? "T-1" : null,
                        UUID.fromString(id))
                .update();
        isProblem(api.cancel(id), 409, "conflict");
        assertThat(api.get("/orders/" + id).json().get("status").stringValue()).isEqualTo(status);
    }

    @Test
    void anUnknownOrderOrPathIsNotFound() {
        String path = "/orders/" + UUID.randomUUID();
        isProblem(api.get(path), 404, "not-found");
        isProblem(api.get(path + "/timeline"), 404, "not-found");
        isProblem(api.cancel(UUID.randomUUID().toString()), 404, "not-found");
        isProblem(api.get("/nothing"), 404, "not-found");
        isProblem(api.send(api.request("/orders/" + UUID.randomUUID()).DELETE()), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO-SUCH", "BOOK-EIP"})
    void anOrderWithAnUnknownOrARepeatedProductIsRejectedAndNotStored(String second) {
        long orders = rows("orders");
        long responses = rows("answered_request");
        Response rejected = api.placeOrder(
                "rejected-" + UUID.randomUUID(), order("ada", item("BOOK-EIP", 1) + "," + item(second, 1)));

        isProblem(rejected, 400, "invalid-request");
        assertThat(rejected.json().at("/errors/0/field").stringValue()).isEqualTo("items[1].sku");
        assertThat(rows("orders")).isEqualTo(orders);
        assertThat(rows("answered_request")).isEqualTo(responses);
    }

    @Test
    void aTooLargeBodyIsRejected() {
        byte[] body = order("ada", lines(100_000)).getBytes(StandardCharsets.UTF_8);
        isProblem(api.post("/orders", BodyPublishers.ofByteArray(body)), 413, "too-large");
        isProblem(
                api.post("/orders", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
                413,
                "too-large");
    }

    private String place(String customer) {
        Response placed = api.post("/orders", order(customer, item("BOOK-EIP", 1)));
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        return placed.json().get("id").stringValue();
    }

    private static String lines(int number) {
        return IntStream.range(0, number).mapToObj(i -> item("SKU-" + i, 1)).collect(Collectors.joining(","));
    }

    static void isProblem(Response response, int status, String type) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.json().get("type").stringValue()).isEqualTo("/docs/problems.html#" + type);
        assertThat(response.body()).doesNotContain("io.orderflow", "tools.jackson", "springframework");
    }
}
