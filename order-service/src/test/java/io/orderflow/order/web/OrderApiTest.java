package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.orderflow.order.Api.Response;
import io.orderflow.order.RunningOrderService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrderApiTest extends RunningOrderService {

    @Test
    void anOrderIsAcceptedAtOurPricesAndFoundAgain() {
        Response placed = api.post("/orders", """
                {"customerId": "ada", "email": "ada@example.org", "priority": "express",
                 "items": [{"sku": "BOOK-EIP", "quantity": 2}, {"sku": "MUG-RABBIT", "quantity": 1}]}""");

        assertThat(placed.status()).isEqualTo(202);
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
    void theTimelineBeginsWithTheRequest() {
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
        assertThat(all.get("total").intValue()).isEqualTo(2);
        JsonNode page =
                api.get("/orders?customerId=" + customer + "&page=1&size=1").json();
        assertThat(page.get("items").size()).isEqualTo(1);
        assertThat(page.at("/items/0/id").stringValue()).isEqualTo(first);
        assertThat(api.get("/orders?customerId=nobody").json().get("total").intValue())
                .isZero();
        assertThat(api.get("/orders").json().get("total").intValue()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aDozenProductsAreSold() {
        JsonNode products = api.get("/products").json().get("items");
        assertThat(products.size()).isEqualTo(12);
        assertThat(products.findValuesAsString("sku")).contains("BOOK-DDD", "LAST-ONE");
        assertThat(products.at("/0/price").decimalValue()).isEqualByComparingTo("54.90");
    }

    @Test
    void aPendingOrderIsCancelledAtOnceAndTwiceIsHarmless() {
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
    void anOrderThatHasComeToItsEndCannotBeCancelled(String status) {
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
    void anUnknownOrderIsNotFound() {
        String path = "/orders/" + UUID.randomUUID();
        isProblem(api.get(path), 404, "not-found");
        isProblem(api.get(path + "/timeline"), 404, "not-found");
        isProblem(api.cancel(UUID.randomUUID().toString()), 404, "not-found");
        isProblem(api.get("/orders/7"), 400, "invalid-request");
        isProblem(api.get("/nothing"), 404, "not-found");
        isProblem(api.send(api.request("/orders/" + UUID.randomUUID()).DELETE()), 405, "method-not-allowed");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                argumentSet("quantity 0", one(0), "items[0].quantity"),
                argumentSet("quantity -1", one(-1), "items[0].quantity"),
                argumentSet("quantity 10001", one(10_001), "items[0].quantity"),
                argumentSet("quantity 2^31", one("2147483648"), "items[0].quantity"),
                argumentSet("quantity 1.5", one("1.5"), "items[0].quantity"),
                argumentSet("quantity as text", one("\"1\""), "items[0].quantity"),
                argumentSet("quantity 1e400", one("1e400"), "items[0].quantity"),
                argumentSet("quantity 1e999999999", one("1e999999999"), "items[0].quantity"),
                argumentSet("quantity null", one("null"), "items[0].quantity"),
                argumentSet("quantity true", one("true"), "items[0].quantity"),
                argumentSet("quantity missing", order("ada", "{\"sku\": \"BOOK-EIP\"}"), "items[0].quantity"),
                argumentSet("quantity NaN", one("NaN"), ""),
                argumentSet(
                        "the same sku twice",
                        order("ada", item("BOOK-EIP", 1) + "," + item("BOOK-EIP", 2)),
                        "items[1].sku"),
                argumentSet(
                        "unknown sku", order("ada", item("BOOK-EIP", 1) + "," + item("NO-SUCH", 1)), "items[1].sku"),
                argumentSet("sku with U+0000", order("ada", item("BOOK\\u0000", 1)), "items[0].sku"),
                argumentSet("sku null", order("ada", "{\"sku\": null, \"quantity\": 1}"), "items[0].sku"),
                argumentSet("no items", order("ada", ""), "items"),
                argumentSet("items missing", "{\"customerId\": \"ada\", \"email\": \"ada@example.org\"}", "items"),
                argumentSet("101 lines", order("ada", lines(101)), "items"),
                argumentSet("unknown field", "{\"total\": 1, \"customerId\": \"ada\"}", "total"),
                argumentSet(
                        "unknown field in an item",
                        order("ada", "{\"sku\": \"BOOK-EIP\", \"price\": 1}"),
                        "items[0].price"),
                argumentSet(
                        "customer missing",
                        "{\"email\": \"a@b.org\", \"items\": [" + item("BOOK-EIP", 1) + "]}",
                        "customerId"),
                argumentSet("customer empty", order("", item("BOOK-EIP", 1)), "customerId"),
                argumentSet("customer too long", order("c".repeat(65), item("BOOK-EIP", 1)), "customerId"),
                argumentSet("customer with U+0000", order("a\\u0000b", item("BOOK-EIP", 1)), "customerId"),
                argumentSet("customer with half a character", order("a\\ud800", item("BOOK-EIP", 1)), "customerId"),
                argumentSet("customer with a line break", order("a\\nb", item("BOOK-EIP", 1)), "customerId"),
                argumentSet("no e-mail address", email("ada"), "email"),
                argumentSet("e-mail address with a second header", email("a@b.org\\r\\nBcc: c@d.org"), "email"),
                argumentSet("e-mail address that no mail can be sent to", email("a..b@x.org"), "email"),
                argumentSet("e-mail address that ends with a dot", email("a.@x.org"), "email"),
                argumentSet("e-mail address of this machine", email("a@localhost"), "email"),
                argumentSet("two e-mail addresses", email("a@b.org,c@d.org"), "email"),
                argumentSet("long e-mail address", email("a".repeat(64) + "@" + "b".repeat(200) + ".org"), "email"),
                argumentSet("endless e-mail address", email("a@" + "b.".repeat(50_000) + "org"), "email"),
                argumentSet(
                        "unknown priority",
                        one(1).replace("{\"customerId", "{\"priority\": \"urgent\", \"customerId"),
                        "priority"),
                argumentSet(
                        "priority as number",
                        one(1).replace("{\"customerId", "{\"priority\": 0, \"customerId"),
                        "priority"),
                argumentSet(
                        "a field twice", one(1).replace("{\"customerId", "{\"customerId\": \"bob\", \"customerId"), ""),
                argumentSet("broken JSON", "{\"customerId\": ", ""),
                argumentSet("more after the end", one(1) + "{}", ""),
                argumentSet("nothing", "", ""),
                argumentSet("null", "null", ""),
                argumentSet("not an object", "[]", ""),
                argumentSet("deeply nested", "[".repeat(10_000), ""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsWrongIsRefusedNamedAndNotStored(String body, String field) {
        long orders = rows("orders");
        long answers = rows("answered_request");
        Response refused = api.placeOrder("refused-" + UUID.randomUUID(), body);

        isProblem(refused, 400, "invalid-request");
        if (!field.isEmpty()) {
            assertThat(refused.json().get("errors").findValuesAsString("field"))
                    .as(refused.body())
                    .contains(field);
        }
        assertThat(rows("orders")).isEqualTo(orders);
        assertThat(rows("answered_request")).isEqualTo(answers);
    }

    @Test
    void aHundredThousandLinesAreRefusedUnread() {
        byte[] body = order("ada", lines(100_000)).getBytes(StandardCharsets.UTF_8);
        isProblem(api.post("/orders", BodyPublishers.ofByteArray(body)), 413, "too-large");
        isProblem(
                api.post("/orders", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
                413,
                "too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json;charset=UTF-16"
            })
    void onlyJsonIsRead(String mediaType) {
        isProblem(
                api.send(
                        api.request("/orders").header("Content-Type", mediaType).POST(BodyPublishers.ofString(one(1)))),
                415,
                "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=-1", "page=x", "size=0", "size=101", "page=2147483648"})
    void aPageThatCannotBeIsRefused(String query) {
        isProblem(api.get("/orders?" + query), 400, "invalid-request");
    }

    @Test
    void aCustomerNobodyCanBeHasNoOrders() {
        Response refused = api.get("/orders?customerId=%00");
        isProblem(refused, 400, "invalid-request");
        assertThat(refused.json().at("/errors/0/field").stringValue()).isEqualTo("customerId");
    }

    private String place(String customer) {
        Response placed = api.post("/orders", order(customer, item("BOOK-EIP", 1)));
        assertThat(placed.status()).as(placed.body()).isEqualTo(202);
        return placed.json().get("id").stringValue();
    }

    private static String one(Object quantity) {
        return order("ada", item("BOOK-EIP", quantity));
    }

    private static String email(String email) {
        return one(1).replace("ada@example.org", email);
    }

    private static String lines(int number) {
        return IntStream.range(0, number).mapToObj(i -> item("SKU-" + i, 1)).collect(Collectors.joining(","));
    }

    static void isProblem(Response response, int status, String type) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.json().get("type").stringValue()).isEqualTo("urn:orderflow:problem:" + type);
        assertThat(response.body()).doesNotContain("io.orderflow", "tools.jackson", "springframework");
    }
}
