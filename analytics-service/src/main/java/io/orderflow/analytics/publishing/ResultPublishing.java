package io.orderflow.analytics.publishing;

import io.orderflow.analytics.AnalyticsTopics;
import io.orderflow.analytics.KafkaStreamsChosen;
import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.messaging.events.EventType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Declares what the topology publishes, besides the orders of a high value; it sends its records itself. */
@Configuration(proxyBeanMethods = false)
@Conditional(KafkaStreamsChosen.class)
class ResultPublishing {

    @Bean
    EventType<CustomerTotals> customerTotals() {
        return EventType.of(
                CustomerTotals.class, CustomerTotals.TYPE, AnalyticsTopics.RESULTS, CustomerTotals::customerId);
    }

    @Bean
    EventType<MinuteCount> minuteCount() {
        return EventType.of(
                MinuteCount.class,
                MinuteCount.TYPE,
                AnalyticsTopics.RESULTS,
                count -> count.minute().toString());
    }

    @Bean
    EventType<SuspiciousOrder> suspiciousOrder() {
        return EventType.of(
                SuspiciousOrder.class, SuspiciousOrder.TYPE, AnalyticsTopics.RESULTS, SuspiciousOrder::customerId);
    }
}
