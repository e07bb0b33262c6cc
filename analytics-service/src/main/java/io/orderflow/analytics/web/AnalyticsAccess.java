package io.orderflow.analytics.web;

import static io.orderflow.service.security.Roles.OPERATOR;
import static io.orderflow.service.security.Roles.READER;
import static io.orderflow.service.security.Roles.SERVICE;
import static org.springframework.http.HttpMethod.GET;

import io.orderflow.service.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may send which requests. Results are about all customers. */
@Configuration(proxyBeanMethods = false)
class AnalyticsAccess {

    @Bean
    AccessRules analyticsRules() {
        return requests -> requests.requestMatchers(
                        GET,
                        "/analytics/customers/{id}",
                        "/analytics/orders-per-minute",
                        "/analytics/suspicious",
                        "/analytics/high-value",
                        "/analytics/rebuilt/differences")
                .hasAnyRole(SERVICE, READER, OPERATOR);
    }
}
