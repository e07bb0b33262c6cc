package io.orderflow.inventory;

import io.orderflow.inventory.domain.InventoryEvents;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The adapters of the ports in tests of use cases: recorded events and a fixed clock. */
@TestConfiguration(proxyBeanMethods = false)
public class TestAdapters {

    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Bean
    Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    InventoryEvents events(RecordedEvents recorded) {
        return recorded::publish;
    }
}
