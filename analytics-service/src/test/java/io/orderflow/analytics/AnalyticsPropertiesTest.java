package io.orderflow.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderflow.analytics.AnalyticsProperties.Processing;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnalyticsPropertiesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void an_invalid_value_names_its_property() {
        assertRefused("analytics.high-value-over", new BigDecimal("-1"), 3, MINUTE, MINUTE);
        assertRefused("analytics.suspicious-orders", BigDecimal.TEN, 1, MINUTE, MINUTE);
        assertRefused("analytics.suspicious-orders", BigDecimal.TEN, 11, MINUTE, MINUTE);
        assertRefused("analytics.suspicious-within", BigDecimal.TEN, 3, Duration.ZERO, MINUTE);
        assertRefused("analytics.lateness", BigDecimal.TEN, 3, MINUTE, Duration.ofSeconds(90));
        assertRefused("analytics.lateness", BigDecimal.TEN, 3, MINUTE, MINUTE.negated());
        assertThat(new AnalyticsProperties(BigDecimal.ZERO, 2, Duration.ofMillis(1), Duration.ZERO, Processing.STREAMS)
                        .rules())
                .isNotNull();
    }

    private static void assertRefused(
            String property, BigDecimal over, int orders, Duration within, Duration lateness) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnalyticsProperties(over, orders, within, lateness, Processing.STREAMS))
                .withMessageStartingWith(property);
    }
}
