package io.orderflow.shipping.web;

import static io.orderflow.service.security.Roles.OPERATOR;
import static io.orderflow.service.security.Roles.READER;
import static io.orderflow.service.security.Roles.SERVICE;
import static org.springframework.http.HttpMethod.GET;

import io.orderflow.service.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may send which requests. A customer sees the parcel in the order. */
@Configuration(proxyBeanMethods = false)
class ShippingAccess {

    @Bean
    AccessRules shippingRules() {
        return requests -> requests.requestMatchers(GET, "/shipments", "/shipments/{id}", "/express-orders")
                .hasAnyRole(SERVICE, READER, OPERATOR);
    }
}
