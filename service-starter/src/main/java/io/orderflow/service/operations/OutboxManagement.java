package io.orderflow.service.operations;

import io.orderflow.messaging.outbox.OutboxOperations;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts the outbox's parked rows on the management port, whether or not it is the service's own. */
@ManagementContextConfiguration(value = ManagementContextType.ANY, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(OutboxOperations.class)
class OutboxManagement {

    @Bean
    OutboxController outboxController(OutboxOperations outbox) {
        return new OutboxController(outbox);
    }
}
