package io.orderflow.order.publishing;

import io.orderflow.events.ProductPriceChanged;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventType;
import io.orderflow.order.domain.PriceChanges;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Broadcasts changed prices. */
@Configuration(proxyBeanMethods = false)
class PricePublishing {

    @Bean
    EventType<ProductPriceChanged> productPriceChanged() {
        return EventType.of(
                ProductPriceChanged.class, ProductPriceChanged.TYPE, Topics.PRICES, ProductPriceChanged::sku);
    }

    @Bean
    PriceChanges priceAnnouncements(EventPublisher publisher) {
        return publisher::publish;
    }
}
