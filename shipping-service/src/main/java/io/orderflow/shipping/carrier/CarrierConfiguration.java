package io.orderflow.shipping.carrier;

import io.orderflow.shipping.domain.Carrier;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the carrier. A real one is another implementation of {@link Carrier}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SimulatedCarrierProperties.class)
class CarrierConfiguration {

    @Bean
    Carrier carrier(SimulatedCarrierProperties properties) {
        return new SimulatedCarrier(
                properties, () -> ThreadLocalRandom.current().nextDouble());
    }
}
