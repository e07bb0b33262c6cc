package io.orderflow.shipping;

import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.shipping.domain.ShippingEvents;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The adapters of the ports in tests of use cases: recorded events, a fixed clock and the test carrier. */
@TestConfiguration(proxyBeanMethods = false)
@Import(WithTestCarrier.class)
public class TestAdapters {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Bean
    Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    ShippingEvents events(RecordedEvents recorded) {
        return recorded::publish;
    }
}
