package io.orderflow.order.web;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.testkit.service.EndpointAccess;
import io.orderflow.messaging.testkit.service.TestTokens;
import io.orderflow.order.Api;
import io.orderflow.order.SecuredOrderService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Mallory has a valid token, and reaches nothing of the victim. */
@ExtendWith(OutputCaptureExtension.class)
class CustomersOwnOrdersTest extends SecuredOrderService {

    private final String victim = "victim-" + UUID.randomUUID();
    private Api victims;
    private Api mallory;
    private String orderId;

    @Autowired
    private EndpointAccess access;

    @BeforeEach
    void place() {
        victims = as("CUSTOMER", victim);
        mallory = as("CUSTOMER", "mallory");
        orderId = victims.placeOrder("key-of-" + victim, order(victim, item("BOOK-EIP", 1)))
                .json()
                .get("id")
                .stringValue();
    }

    @Test
    void customersSeeAndCancelTheirOwnOrders() {
        assertThat(victims.get("/orders/" + orderId).status()).isEqualTo(200);
        assertThat(victims.get("/orders/" + orderId + "/timeline").status()).isEqualTo(200);
        assertThat(victims.get("/orders").json().get("items").findValuesAsString("customerId"))
                .containsExactly(victim);
        assertThat(victims.cancel(orderId).json().get("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(victims.get("/orders/" + orderId + "/events").body()).contains("CANCELLED");
    }

    @Test
    void ordersOfOthersDoNotExist() {
        String path = "/orders/" + orderId;
        for (Api.Response response : List.of(
                mallory.get(path),
                mallory.get(path + "/timeline"),
                mallory.get(path + "/events"),
                mallory.cancel(orderId))) {
            OrderApiTest.isProblem(response, 404, "not-found");
        }
        assertThat(mallory.get("/orders?customerId=" + victim).json().get("items"))
                .isEmpty();
        assertThat(mallory.get("/orders").body()).doesNotContain(victim);
    }

    @Test
    void nobodyOrdersForAnotherCustomer() {
        String body = order(victim, item("BOOK-EIP", 1));

        OrderApiTest.isProblem(mallory.post("/orders", body), 403, "forbidden");
        OrderApiTest.isProblem(mallory.placeOrder("key-of-" + victim, body), 403, "forbidden");
        assertThat(victims.get("/orders").json().get("items")).hasSize(1);
    }

    @Test
    void theRoleReaderOfACustomerExtendsReadingOnly() {
        Api reader = new Api(
                port(),
                TestTokens.of("CUSTOMER", "mallory", claims -> claims.claim("roles", List.of("CUSTOMER", "READER"))));

        assertThat(reader.get("/orders/" + orderId).status()).isEqualTo(200);
        OrderApiTest.isProblem(reader.cancel(orderId), 404, "not-found");
        OrderApiTest.isProblem(reader.post("/orders", order(victim, item("BOOK-EIP", 1))), 403, "forbidden");
        assertThat(reader.post("/orders", order("mallory", item("BOOK-EIP", 1))).status())
                .isLessThan(300);
    }

    @Test
    void servicesAndOperatorsActForAllCustomers() {
        assertThat(as("READER", "rita").get("/orders/" + orderId).status()).isEqualTo(200);
        assertThat(as("SERVICE", "portal")
                        .get("/orders?customerId=" + victim)
                        .json()
                        .get("items"))
                .hasSize(1);
        assertThat(as("SERVICE", "portal")
                        .post("/orders", order(victim, item("BOOK-EIP", 1)))
                        .status())
                .isLessThan(300);
        assertThat(as("OPERATOR", "olga").cancel(orderId).status()).isLessThan(300);
    }

    @Test
    void noEndpointAtAllShowsOrChangesSomethingOfOthers(CapturedOutput output) {
        String token = TestTokens.of("CUSTOMER", "mallory");

        List<String> responses = access.responses(token, orderId, order(victim, item("BOOK-EIP", 1)));

        assertThat(responses).hasSizeGreaterThan(30).noneMatch(body -> body.contains(victim));
        assertThat(victims.get("/orders").json().get("items").findValuesAsString("status"))
                .containsExactly("PENDING");
        assertThat(output).doesNotContain(token, token.substring(token.lastIndexOf('.')));
    }
}
