package io.orderflow.analytics;

import io.orderflow.analytics.domain.Rules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AnalyticsConfiguration {

    @Bean
    Rules rules(AnalyticsProperties properties) {
        return properties.rules();
    }
}
