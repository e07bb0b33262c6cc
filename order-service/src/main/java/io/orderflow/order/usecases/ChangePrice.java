package io.orderflow.order.usecases;

import io.orderflow.events.ProductPriceChanged;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.PriceChanges;
import io.orderflow.order.domain.PriceList;
import java.math.BigDecimal;
import java.time.InstantSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes the price of a product, for orders that are placed from then on. All instances learn of it. */
@Service
public class ChangePrice {

    private final PriceList prices;
    private final PriceChanges changes;
    private final InstantSource clock;

    ChangePrice(PriceList prices, PriceChanges changes, InstantSource clock) {
        this.prices = prices;
        this.changes = changes;
        this.clock = clock;
    }

    /** @throws UnknownProductException if there is no such product */
    @Transactional
    public void change(String sku, BigDecimal price) {
        if (!prices.change(sku, price)) {
            throw new UnknownProductException(sku);
        }
        changes.publish(new ProductPriceChanged(sku, price, Order.CURRENCY, clock.instant()));
    }

    /** A price was changed, here or by another instance. */
    public void changed() {
        prices.refresh();
    }
}
