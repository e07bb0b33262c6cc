package io.orderflow.email.handling;

import io.orderflow.email.domain.EmailTexts;
import io.orderflow.email.usecases.SendEmail;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderShippingDelayed;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles the reminders of order-service. One that comes after the dispatch note or the cancellation is not sent any more. */
@Configuration(proxyBeanMethods = false)
class ReminderEvents {

    @Bean
    EventSubscription reminders(SendEmail email) {
        return EmailSubscriptions.subscription(Topics.REMINDERS)
                .on(
                        OrderShippingDelayed.class,
                        OrderShippingDelayed.TYPE,
                        (delayed, context) -> email.send(EmailTexts.delayNotice(OrderId.of(delayed.orderId()))));
    }
}
