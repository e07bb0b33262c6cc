package io.orderflow.email.handling;

import io.orderflow.email.usecases.StoreContact;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderId;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles the customers' addresses, which this service alone reads. An e-mail due before its address arrives is retried. */
@Configuration(proxyBeanMethods = false)
class ContactEvents {

    @Bean
    EventSubscription contacts(StoreContact contact) {
        return EventSubscription.of(Topics.CONTACTS, EmailSubscriptions.GROUP)
                .on(
                        OrderContactProvided.class,
                        OrderContactProvided.TYPE,
                        (provided, context) -> contact.store(
                                OrderId.of(provided.orderId()),
                                EmailAddress.of(provided.email()),
                                provided.purchaseOrder()))
                .notRetrying(InvalidOrderException.class)
                .unitOfWork(UnitOfWork.POLL);
    }
}
