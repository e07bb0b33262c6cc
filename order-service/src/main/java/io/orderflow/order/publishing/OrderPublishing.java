package io.orderflow.order.publishing;

import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.PublishingBacklog;
import io.orderflow.order.domain.EventBacklog;
import io.orderflow.order.domain.OrderEvents;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the events of orders, and the e-mail addresses of customers on a topic of their own. */
@Configuration(proxyBeanMethods = false)
class OrderPublishing {

    @Bean
    OrderEvents orderEvents(EventPublisher publisher) {
        return new OrderEvents() {
            @Override
            public void publish(Record event, long number) {
                publisher.publish(event, number);
            }

            @Override
            public void publish(OrderContactProvided contact) {
                publisher.publish(contact);
            }
        };
    }

    @Bean
    EventType<OrderContactProvided> orderContactProvided() {
        return EventType.of(
                OrderContactProvided.class, OrderContactProvided.TYPE, Topics.CONTACTS, OrderContactProvided::orderId);
    }

    @Bean
    EventBacklog eventBacklog(PublishingBacklog backlog) {
        return backlog::oldest;
    }

    /** Routed by priority, so that a RabbitMQ queue can receive express orders alone: {@code order.created.express}. */
    @Bean
    EventType<OrderCreated> orderCreated() {
        return ofOrder(OrderCreated.class, OrderCreated.TYPE, OrderCreated::orderId)
                .routedBy(event -> "order.created." + event.priority());
    }

    @Bean
    EventType<OrderConfirmed> orderConfirmed() {
        return ofOrder(OrderConfirmed.class, OrderConfirmed.TYPE, OrderConfirmed::orderId);
    }

    @Bean
    EventType<OrderRejected> orderRejected() {
        return ofOrder(OrderRejected.class, OrderRejected.TYPE, OrderRejected::orderId);
    }

    @Bean
    EventType<OrderCancellationRequested> orderCancellationRequested() {
        return ofOrder(
                OrderCancellationRequested.class, OrderCancellationRequested.TYPE, OrderCancellationRequested::orderId);
    }

    @Bean
    EventType<OrderCancelled> orderCancelled() {
        return ofOrder(OrderCancelled.class, OrderCancelled.TYPE, OrderCancelled::orderId);
    }

    @Bean
    EventType<OrderShipped> orderShipped() {
        return ofOrder(OrderShipped.class, OrderShipped.TYPE, OrderShipped::orderId);
    }

    private static <E> EventType<E> ofOrder(Class<E> eventClass, String name, Function<E, String> orderId) {
        return EventType.of(eventClass, name, Topics.ORDERS, orderId);
    }
}
