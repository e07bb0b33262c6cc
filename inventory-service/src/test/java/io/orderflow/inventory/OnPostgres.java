package io.orderflow.inventory;

import io.orderflow.inventory.domain.InventoryEvents;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.messaging.testkit.service.UseCasesOnPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The use cases on a real database of their own; what they publish is recorded. */
@ComponentScan({"io.orderflow.inventory.usecases", "io.orderflow.inventory.persistence"})
public class OnPostgres extends UseCasesOnPostgres {

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
