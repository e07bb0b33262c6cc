package io.orderflow.order.web;

import io.orderflow.order.usecases.IdempotencyKeys;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Adds {@link IdempotentRequests} behind all other filters: after the caller is authenticated, and before all handlers. */
@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

    @Bean
    FilterRegistrationBean<IdempotentRequests> idempotentRequests(
            IdempotencyKeys keys, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        FilterRegistrationBean<IdempotentRequests> registration =
                new FilterRegistrationBean<>(new IdempotentRequests(keys, problems));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}
