package io.orderflow.inventory.publishing;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.Topics;
import io.orderflow.inventory.domain.InventoryEvents;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The events published on {@value Topics#INVENTORY}, ordered per order id. */
@Configuration(proxyBeanMethods = false)
class InventoryPublishing {

    @Bean
    EventType<InventoryReserved> inventoryReserved() {
        return EventType.of(
                InventoryReserved.class, InventoryReserved.TYPE, Topics.INVENTORY, InventoryReserved::orderId);
    }

    @Bean
    EventType<InventoryRejected> inventoryRejected() {
        return EventType.of(
                InventoryRejected.class, InventoryRejected.TYPE, Topics.INVENTORY, InventoryRejected::orderId);
    }

    @Bean
    InventoryEvents inventoryEvents(EventPublisher publisher) {
        return events -> events.forEach(publisher::publish);
    }
}
