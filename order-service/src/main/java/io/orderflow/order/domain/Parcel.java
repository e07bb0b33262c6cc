package io.orderflow.order.domain;

/**
 * What an order is shipped as.
 *
 * @param carrier who carries it
 * @param trackingNumber how the carrier calls it
 */
public record Parcel(String carrier, String trackingNumber) {}
