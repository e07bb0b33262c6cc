package io.orderflow.order.publishing;

import io.orderflow.events.OrderShippingDelayed;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.ScheduledEvents;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.ShippingReminders;
import java.time.Duration;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Schedules the reminders of orders that are not shipped for some time, under a name made of the order's id. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReminderProperties.class)
class ReminderPublishing {

    /** A reminder is worthless a day later. */
    @Bean
    EventType<OrderShippingDelayed> orderShippingDelayed() {
        return EventType.of(
                        OrderShippingDelayed.class,
                        OrderShippingDelayed.TYPE,
                        Topics.REMINDERS,
                        OrderShippingDelayed::orderId)
                .expiringAfter(Duration.ofDays(1));
    }

    @Bean
    ShippingReminders shippingReminders(ScheduledEvents events, ReminderProperties properties) {
        return new ShippingReminders() {

            @Override
            public void schedule(Order order) {
                OrderShippingDelayed event =
                        new OrderShippingDelayed(order.id().toString(), order.customerId(), order.changedAt());
                events.schedule(name(order.id()), event, order.changedAt().plus(properties.after()));
            }

            @Override
            public void cancel(UUID orderId) {
                events.cancel(name(orderId));
            }
        };
    }

    private static String name(UUID orderId) {
        return "shipping-reminder:" + orderId;
    }
}
