package io.orderflow.shipping;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A carrier that can be asked what it has booked, in place of the service's own. */
@TestConfiguration(proxyBeanMethods = false)
class WithTestCarrier {

    @Bean
    @Primary
    TestCarrier testCarrier() {
        return new TestCarrier();
    }
}
