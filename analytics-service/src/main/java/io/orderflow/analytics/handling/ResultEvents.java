package io.orderflow.analytics.handling;

import io.orderflow.analytics.AnalyticsTopics;
import io.orderflow.analytics.KafkaStreamsChosen;
import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.usecases.RecordResults;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Records the results of the topology in the tables that the plain subscription writes itself. */
@Configuration(proxyBeanMethods = false)
@Conditional(KafkaStreamsChosen.class)
class ResultEvents {

    @Bean
    EventSubscription results(RecordResults results) {
        return EventSubscription.of(AnalyticsTopics.RESULTS, OrderEvents.GROUP)
                .on(CustomerTotals.class, CustomerTotals.TYPE, (totals, context) -> results.record(totals))
                .on(MinuteCount.class, MinuteCount.TYPE, (count, context) -> results.record(count))
                .on(SuspiciousOrder.class, SuspiciousOrder.TYPE, (order, context) -> results.record(order))
                .unitOfWork(UnitOfWork.POLL);
    }
}
