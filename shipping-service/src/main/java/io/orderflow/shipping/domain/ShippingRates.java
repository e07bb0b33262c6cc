package io.orderflow.shipping.domain;

import java.math.BigDecimal;

/** What shipping costs, in EUR. */
public final class ShippingRates {

    public static final String CURRENCY = "EUR";

    /** A parcel holds no more. */
    public static final int MAX_ARTICLES = 100;

    /**
     * A price and a time.
     *
     * @param days working days
     */
    public record Rate(BigDecimal price, int days) {}

    private ShippingRates() {}

    /**
     * The rate for so many articles: a base price, and a part for each.
     *
     * @throws IllegalArgumentException if they do not fit into one parcel
     */
    public static Rate of(Priority priority, int articles) {
        if (articles < 1 || articles > MAX_ARTICLES) {
            throw new IllegalArgumentException(
                    "A parcel holds 1 to " + MAX_ARTICLES + " articles, not " + articles + ".");
        }
        BigDecimal number = BigDecimal.valueOf(articles);
        return priority == Priority.EXPRESS
                ? new Rate(new BigDecimal("12.90").add(number), 1)
                : new Rate(new BigDecimal("4.90").add(new BigDecimal("0.50").multiply(number)), 3);
    }
}
