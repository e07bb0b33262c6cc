package io.orderflow.inventory.web;

import static io.orderflow.service.security.Roles.CUSTOMER;
import static io.orderflow.service.security.Roles.OPERATOR;
import static io.orderflow.service.security.Roles.READER;
import static io.orderflow.service.security.Roles.SERVICE;
import static org.springframework.http.HttpMethod.GET;

import io.orderflow.service.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may send which requests. Reservations name orders of all customers. */
@Configuration(proxyBeanMethods = false)
class InventoryAccess {

    @Bean
    AccessRules inventoryRules() {
        return requests -> requests.requestMatchers(GET, "/stock", "/stock/{sku}")
                .hasAnyRole(CUSTOMER, SERVICE, READER, OPERATOR)
                .requestMatchers(GET, "/reservations/{orderId}")
                .hasAnyRole(SERVICE, READER, OPERATOR);
    }
}
