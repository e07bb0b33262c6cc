package io.orderflow.analytics.publishing;

import io.orderflow.analytics.domain.AnalyticsEvents;
import io.orderflow.events.HighValueOrder;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes orders of a high value on {@value Topics#HIGH_VALUE_ORDERS}, those of a customer in order. */
@Configuration(proxyBeanMethods = false)
class AnalyticsPublishing {

    @Bean
    EventType<HighValueOrder> highValueOrder() {
        return EventType.of(
                HighValueOrder.class, HighValueOrder.TYPE, Topics.HIGH_VALUE_ORDERS, HighValueOrder::customerId);
    }

    @Bean
    AnalyticsEvents analyticsEvents(EventPublisher publisher) {
        return publisher::publish;
    }
}
