package io.orderflow.order.domain;

import io.orderflow.events.ProductPriceChanged;

/** Announces changed prices to all instances of this service. */
public interface PriceChanges {

    /** Is announced if the current transaction commits. */
    void publish(ProductPriceChanged change);
}
