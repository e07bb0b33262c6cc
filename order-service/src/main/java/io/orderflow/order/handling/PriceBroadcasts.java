package io.orderflow.order.handling;

import io.orderflow.events.ProductPriceChanged;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.order.usecases.ChangePrice;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every instance reads the prices again when one was changed. */
@Configuration(proxyBeanMethods = false)
class PriceBroadcasts {

    @Bean
    EventSubscription priceChanges(ChangePrice prices) {
        return EventSubscription.broadcasts(Topics.PRICES)
                .on(ProductPriceChanged.class, ProductPriceChanged.TYPE, (event, context) -> prices.changed());
    }
}
