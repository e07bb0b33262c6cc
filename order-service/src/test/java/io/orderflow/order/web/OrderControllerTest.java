package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.Priority;
import io.orderflow.order.usecases.CancelOrder;
import io.orderflow.order.usecases.FindOrders;
import io.orderflow.order.usecases.PlaceOrder;
import io.orderflow.order.usecases.UnknownOrderException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Without filters: the one that receives bodies needs non-blocking reads, which MockMvc does not support. */
@WebMvcTest(OrderController.class)
@AutoConfigureMockMvc(addFilters = false)
@Import({OrderResponses.class, EventWaiters.class})
class OrderControllerTest {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final Order ORDER = Order.place(
                    ID,
                    "ada",
                    Priority.EXPRESS,
                    List.of(new OrderLine("BOOK-EIP", 2, new BigDecimal("49.90"))),
                    Instant.parse("2026-11-21T08:00:00Z"))
            .order();

    @Autowired
    private MockMvcTester http;

    @MockitoBean
    private PlaceOrder placeOrder;

    @MockitoBean
    private CancelOrder cancelOrder;

    @MockitoBean
    private FindOrders findOrders;

    @Test
    void anOrderHasItsLinesItsTotalAndItsLinks() {
        given(findOrders.byId(ID)).willReturn(ORDER);

        assertThat(http.get().uri("/orders/" + ID)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"id": "%1$s", "status": "PENDING", "customerId": "ada", "priority": "express",
                 "items": [{"sku": "BOOK-EIP", "quantity": 2, "unitPrice": 49.90, "amount": 99.80}],
                 "total": 99.80, "currency": "EUR",
                 "placedAt": "2026-11-21T08:00:00Z", "changedAt": "2026-11-21T08:00:00Z",
                 "links": {"self": "/orders/%1$s", "timeline": "/orders/%1$s/timeline",
                           "cancellation": "/orders/%1$s/cancellation"}}""".formatted(ID));
    }

    @Test
    void anAcceptedCancellationHasTheAddressOfItsOrder() {
        given(cancelOrder.cancel(ID)).willReturn(ORDER);

        assertThat(http.post().uri("/orders/" + ID + "/cancellation"))
                .hasStatus(202)
                .hasHeader("Location", "http://localhost/orders/" + ID);
    }

    @Test
    void linksBeginWithTheContextPathAndTheForwardedPrefix(@Autowired WebApplicationContext context) {
        given(cancelOrder.cancel(ID)).willReturn(ORDER);
        MockMvcTester behindProxy = MockMvcTester.from(
                context, mvc -> mvc.addFilters(new ForwardedHeaderFilter()).build());

        MvcTestResult response = behindProxy
                .post()
                .uri("/app/orders/" + ID + "/cancellation")
                .contextPath("/app")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "shop.example")
                .header("X-Forwarded-Prefix", "/shop")
                .exchange();

        assertThat(response).hasHeader("Location", "https://shop.example/shop/orders/" + ID);
        assertThat(response).bodyJson().extractingPath("$.links.self").isEqualTo("/shop/orders/" + ID);
        assertThat(http.post().uri("/app/orders/" + ID + "/cancellation").contextPath("/app"))
                .hasHeader("Location", "http://localhost/app/orders/" + ID)
                .bodyJson()
                .extractingPath("$.links.timeline")
                .isEqualTo("/app/orders/" + ID + "/timeline");
    }

    @Test
    void anUnknownOrderIsNotFound() {
        given(findOrders.byId(ID)).willThrow(new UnknownOrderException(ID));

        isProblem(http.get().uri("/orders/" + ID).exchange(), 404, "not-found");
    }

    @Test
    void anIdThatIsNoUuidIsInvalid() {
        isProblem(http.get().uri("/orders/7").exchange(), 400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cursor=x", "cursor=%00", "cursor=b3JkZXJzIDc", "cursor=c2hpcG1lbnRzIDc", "size=0", "size=101"})
    void anInvalidPageIsRejected(String query) {
        isProblem(http.get().uri("/orders?" + query).exchange(), 400, "invalid-request");
    }

    @Test
    void anInvalidCustomerIsRejected() {
        MvcTestResult response =
                http.get().uri("/orders").param("customerId", "\u0000").exchange();

        isProblem(response, 400, "invalid-request");
        assertThat(response).bodyJson().extractingPath("$.errors[0].field").isEqualTo("customerId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json;charset=UTF-16"
            })
    void onlyJsonIsAccepted(String mediaType) {
        MvcTestResult response = http.post()
                .uri("/orders")
                .header("Content-Type", mediaType)
                .content(one(1))
                .exchange();

        isProblem(response, 415, "unsupported-media-type");
    }

    static Stream<Arguments> invalidOrders() {
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
                argumentSet("customer with a lone surrogate", order("a\\ud800", item("BOOK-EIP", 1)), "customerId"),
                argumentSet("customer with a line break", order("a\\nb", item("BOOK-EIP", 1)), "customerId"),
                argumentSet("not an e-mail address", email("ada"), "email"),
                argumentSet("e-mail address with a second header", email("a@b.org\\r\\nBcc: c@d.org"), "email"),
                argumentSet("e-mail address with two dots", email("a..b@x.org"), "email"),
                argumentSet("e-mail address that ends with a dot", email("a.@x.org"), "email"),
                argumentSet("e-mail address of the local host", email("a@localhost"), "email"),
                argumentSet("two e-mail addresses", email("a@b.org,c@d.org"), "email"),
                argumentSet(
                        "e-mail address of 270 characters",
                        email("a".repeat(64) + "@" + "b".repeat(200) + ".org"),
                        "email"),
                argumentSet("very long e-mail address", email("a@" + "b.".repeat(50_000) + "org"), "email"),
                argumentSet("unknown priority", priority("\"urgent\""), "priority"),
                argumentSet("priority as number", priority("0"), "priority"),
                argumentSet(
                        "a field twice", one(1).replace("{\"customerId", "{\"customerId\": \"bob\", \"customerId"), ""),
                argumentSet("broken JSON", "{\"customerId\": ", ""),
                argumentSet("more after the end", one(1) + "{}", ""),
                argumentSet("empty body", "", ""),
                argumentSet("null", "null", ""),
                argumentSet("not an object", "[]", ""),
                argumentSet("deeply nested", "[".repeat(10_000), ""));
    }

    @ParameterizedTest
    @MethodSource
    void invalidOrders(String body, String field) {
        MvcTestResult response = http.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();

        isProblem(response, 400, "invalid-request");
        if (!field.isEmpty()) {
            assertThat(response)
                    .bodyJson()
                    .extractingPath("$.errors[*].field")
                    .asArray()
                    .contains(field);
        }
        verifyNoInteractions(placeOrder);
    }

    private static String one(Object quantity) {
        return order("ada", item("BOOK-EIP", quantity));
    }

    private static String priority(String value) {
        return one(1).replace("{\"customerId", "{\"priority\": " + value + ", \"customerId");
    }

    private static String email(String email) {
        return one(1).replace("ada@example.org", email);
    }

    private static String lines(int number) {
        return IntStream.range(0, number).mapToObj(i -> item("SKU-" + i, 1)).collect(Collectors.joining(","));
    }

    private static void isProblem(MvcTestResult response, int status, String type) {
        assertThat(response).hasStatus(status).hasContentType("application/problem+json");
        assertThat(response).bodyJson().extractingPath("$.type").isEqualTo("/docs/problems.html#" + type);
        assertThat(response).bodyText().doesNotContain("io.orderflow", "tools.jackson", "springframework");
    }
}
