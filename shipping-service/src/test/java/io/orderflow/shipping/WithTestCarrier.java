package io.orderflow.shipping;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Replaces the simulated carrier. */
@TestConfiguration(proxyBeanMethods = false)
class WithTestCarrier {

    @Bean
    @Primary
    TestCarrier testCarrier() {
        return new TestCarrier();
    }
}
