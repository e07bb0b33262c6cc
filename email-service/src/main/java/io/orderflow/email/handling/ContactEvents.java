package io.orderflow.email.handling;

import io.orderflow.email.usecases.RememberContact;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderId;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whom to write to about orders. This service alone reads it. A letter that comes before its address is tried again. */
@Configuration(proxyBeanMethods = false)
class ContactEvents {

    @Bean
    EventSubscription contacts(RememberContact contact) {
        return EventSubscription.of(Topics.CONTACTS, LetterPolicy.GROUP)
                .on(
                        OrderContactProvided.class,
                        OrderContactProvided.TYPE,
                        (provided, context) ->
                                contact.remember(OrderId.of(provided.orderId()), EmailAddress.of(provided.email())))
                .retrying(RetryPolicy.defaults().notRetrying(InvalidOrderException.class))
                .unitOfWork(UnitOfWork.POLL);
    }
}
