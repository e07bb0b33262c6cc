package io.orderflow.analytics;

import io.orderflow.analytics.domain.Rules;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnalyticsProperties.class)
class AnalyticsConfiguration {

    @Bean
    Rules rules(AnalyticsProperties properties) {
        return properties.rules();
    }
}
