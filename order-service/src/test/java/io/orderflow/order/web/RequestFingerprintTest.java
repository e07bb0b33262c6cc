package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.orderflow.order.usecases.IdempotencyKeys;
import io.orderflow.order.usecases.PlaceOrder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

class RequestFingerprintTest {

    private static final String FINGERPRINT = "a19dcdd2ab4dc893e7ca913258e66c6a9e78695d3afbbc901e747d90e5168956";

    private static final PlaceOrderRequest REQUEST = request(null);

    private static PlaceOrderRequest request(@Nullable String purchaseOrder) {
        return new PlaceOrderRequest(
                "ada",
                "ada@example.org",
                "express",
                List.of(new PlaceOrderRequest.Item("BOOK-EIP", 2), new PlaceOrderRequest.Item("MUG-RABBIT", 1)),
                purchaseOrder);
    }

    static Stream<JsonMapper> webMappers() {
        return Stream.of(
                JsonMapper.builder().build(),
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                        .build(),
                JsonMapper.builder()
                        .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                        .build(),
                JsonMapper.builder()
                        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                        .build());
    }

    /** The fingerprint is stored in databases, by earlier releases too. */
    @ParameterizedTest
    @MethodSource("webMappers")
    void settingsOfTheWebMapperDoNotChangeTheFingerprint(JsonMapper webMapper) {
        IdempotencyKeys keys = mock();
        new IdempotentOrders(keys, mock(PlaceOrder.class), webMapper).place("key", REQUEST);
        verify(keys).execute(eq("key"), eq(FINGERPRINT), any());
    }

    @Test
    void theDocumentCounts() {
        assertThat(Stream.of(null, "", "PO 7", "PO 8")
                        .map(each -> RequestFingerprint.of(request(each).order())))
                .doesNotHaveDuplicates()
                .contains(FINGERPRINT);
    }
}
