package io.orderflow.order.web;

import static io.orderflow.service.security.Roles.CUSTOMER;
import static io.orderflow.service.security.Roles.OPERATOR;
import static io.orderflow.service.security.Roles.READER;
import static io.orderflow.service.security.Roles.SERVICE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.orderflow.service.security.AccessRules;
import io.orderflow.service.security.OperatorRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Who may send which requests. Which orders a customer may use is decided by {@link AuthenticatedCaller}. */
@Configuration(proxyBeanMethods = false)
class OrderAccess {

    /** Also without the profile {@code secured}. */
    @Bean
    OperatorRequests priceChangesOfOperators() {
        return () -> PathPatternRequestMatcher.pathPattern(PUT, "/products/{sku}/price");
    }

    @Bean
    AccessRules orderRules() {
        return requests -> requests.requestMatchers(GET, "/products")
                .permitAll()
                .requestMatchers(POST, "/orders", "/orders/{id}/cancellation", "/shipping-quotes")
                .hasAnyRole(CUSTOMER, SERVICE, OPERATOR)
                .requestMatchers(GET, "/orders", "/orders/{id}", "/orders/{id}/timeline", "/orders/{id}/events")
                .hasAnyRole(CUSTOMER, SERVICE, READER, OPERATOR)
                .requestMatchers(GET, "/events", "/webhooks/**")
                .hasAnyRole(SERVICE, READER, OPERATOR)
                .requestMatchers("/webhooks/**")
                .hasAnyRole(SERVICE, OPERATOR);
    }
}
