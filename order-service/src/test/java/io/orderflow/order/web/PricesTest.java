package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.order.Api;
import io.orderflow.order.RunningOrderService;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Prices are changed by operators, and every instance learns of it by a broadcast. */
class PricesTest extends RunningOrderService {

    private static final String SKU = "CABLE-USB-C";

    @Test
    void aChangedPriceIsShownAndOrderedAt() {
        assertThat(api.setPrice("operator", SKU, "11.50").status()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(price()).isEqualByComparingTo("11.50"));
        JsonNode order = api.post("/orders", Api.order("ada", Api.item(SKU, 2))).json();
        assertThat(order.get("total").decimalValue()).isEqualByComparingTo("23.00");
    }

    @Test
    void nobodyElseChangesAPrice() {
        BigDecimal before = price();

        assertThat(api.setPrice("somebody", SKU, "0.01").status()).isEqualTo(401);
        assertThat(api.send(api.request("/products/" + SKU + "/price")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"price\": 0.01}")))
                        .status())
                .isEqualTo(401);
        assertThat(price()).isEqualByComparingTo(before);
    }

    @Test
    void anUnknownProductIsAProblem() {
        assertThat(api.setPrice("operator", "NO-SUCH", "1.00").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "-1", "0.001", "100000.01", "\"much\"", "1e400"})
    void aPriceHasAtMostTwoDecimalsAndIsPositive(String price) {
        BigDecimal before = price();

        Api.Response response = api.setPrice("operator", SKU, price);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Content-Type")).startsWith("application/problem+json");
        assertThat(price()).isEqualByComparingTo(before);
    }

    private BigDecimal price() {
        return api.get("/products")
                .json()
                .get("items")
                .valueStream()
                .filter(each -> each.get("sku").asString().equals(SKU))
                .findFirst()
                .orElseThrow()
                .get("price")
                .decimalValue();
    }
}
