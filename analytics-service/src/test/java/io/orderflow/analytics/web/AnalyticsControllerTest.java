package io.orderflow.analytics.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.when;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.Difference;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.usecases.RebuildResults;
import io.orderflow.analytics.usecases.ViewResults;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(AnalyticsController.class)
class AnalyticsControllerTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    ViewResults results;

    @MockitoBean
    RebuildResults rebuilt;

    @Test
    void a_customer_is_shown_with_its_totals() {
        when(results.customer("ada@example.org"))
                .thenReturn(Optional.of(new CustomerTotals("ada@example.org", 3, 2, new BigDecimal("119.90"))));

        assertThat(mvc.get().uri("/analytics/customers/ada@example.org"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        "{\"customerId\":\"ada@example.org\",\"orders\":3,\"confirmed\":2,\"revenue\":119.90}");
    }

    @Test
    void an_unknown_customer_is_a_problem() {
        when(results.customer("nobody")).thenReturn(Optional.empty());

        assertThat(mvc.get().uri("/analytics/customers/nobody"))
                .hasStatus(404)
                .hasContentType("application/problem+json");
    }

    @Test
    void minutes_are_shown_in_pages() {
        when(results.ordersPerMinute(null, 2))
                .thenReturn(List.of(new MinuteCount(NOON.plusSeconds(60), 4), new MinuteCount(NOON, 17)));
        when(results.ordersPerMinute(NOON.plusSeconds(60), 2)).thenReturn(List.of(new MinuteCount(NOON, 17)));
        String next = "b3JkZXJzLXBlci1taW51dGUgMjAyNi0xMS0yMVQxMjowMTowMFo";

        assertThat(mvc.get().uri("/analytics/orders-per-minute?size=1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        "{\"items\":[{\"minute\":\"2026-11-21T12:01:00Z\",\"orders\":4}],\"next\":\"" + next + "\"}");
        assertThat(mvc.get().uri("/analytics/orders-per-minute?size=1&cursor=" + next))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"items\":[{\"minute\":\"2026-11-21T12:00:00Z\",\"orders\":17}]}");
    }

    @Test
    void suspicious_orders_are_shown_for_one_customer() {
        when(results.suspicious("ada", null, 21)).thenReturn(List.of(new SuspiciousOrder("o-3", "ada", NOON)));

        assertThat(mvc.get().uri("/analytics/suspicious?customerId=ada"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0].orderId")
                .isEqualTo("o-3");
    }

    @Test
    void what_was_rebuilt_is_compared_with_the_live_results() {
        when(rebuilt.differences(null, 21))
                .thenReturn(List.of(new Difference("minute", "2026-11-21 12:00", null, "{}")));

        assertThat(mvc.get().uri("/analytics/rebuilt/differences"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"items\":[{\"result\":\"minute\",\"id\":\"2026-11-21 12:00\",\"live\":null,"
                        + "\"rebuilt\":\"{}\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-per-minute", "suspicious", "high-value"})
    void a_page_is_bounded(String list) {
        when(results.ordersPerMinute(any(), anyInt())).thenReturn(List.of());
        when(results.suspicious(any(), any(), anyInt())).thenReturn(List.of());
        when(results.highValue(any(), any(), anyInt())).thenReturn(List.of());

        assertThat(mvc.get().uri("/analytics/" + list + "?size=100")).hasStatusOk();
        assertThat(mvc.get().uri("/analytics/" + list + "?size=101"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("size");
    }
}
