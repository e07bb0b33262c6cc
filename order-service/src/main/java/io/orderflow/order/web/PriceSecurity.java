package io.orderflow.order.web;

import io.orderflow.service.operations.OperatorRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Prices are changed by operators. */
@Configuration(proxyBeanMethods = false)
class PriceSecurity {

    @Bean
    OperatorRequests priceChangesOfOperators() {
        return () -> PathPatternRequestMatcher.pathPattern(HttpMethod.PUT, "/products/{sku}/price");
    }
}
