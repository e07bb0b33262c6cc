package io.orderflow.shipping.carrier;

import io.orderflow.shipping.domain.Carrier;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the simulated {@link Carrier}; replace the bean for a real one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SimulatedCarrierProperties.class)
class CarrierConfiguration {

    @Bean
    Carrier carrier(SimulatedCarrierProperties properties) {
        return new SimulatedCarrier(
                properties, () -> ThreadLocalRandom.current().nextDouble());
    }
}
