package io.orderflow.analytics;

import io.orderflow.analytics.domain.AnalyticsEvents;
import io.orderflow.analytics.domain.Rules;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What tests of use cases need besides the database: the default rules, and recorded events. */
@TestConfiguration(proxyBeanMethods = false)
public class TestAdapters {

    public static final Rules RULES = new Rules(new BigDecimal("1000"), 3, Duration.ofMinutes(1), Duration.ofHours(24));

    @Bean
    Rules rules() {
        return RULES;
    }

    @Bean
    AnalyticsEvents events(RecordedEvents recorded) {
        return order -> recorded.publish(List.of(order));
    }
}
