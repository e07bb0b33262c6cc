package io.orderflow.analytics;

import io.orderflow.analytics.domain.AnalyticsEvents;
import io.orderflow.analytics.domain.Rules;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.messaging.testkit.service.UseCasesOnPostgres;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The use cases on a real database of their own; what they publish is recorded. */
@ComponentScan({"io.orderflow.analytics.usecases", "io.orderflow.analytics.persistence"})
public class OnPostgres extends UseCasesOnPostgres {

    @Bean
    Rules rules() {
        return new Rules(new BigDecimal("1000"), 3, Duration.ofMinutes(1), Duration.ofHours(24));
    }

    @Bean
    AnalyticsEvents events(RecordedEvents recorded) {
        return order -> recorded.publish(List.of(order));
    }
}
