package io.orderflow.order.domain;

/** The parcel of a shipped order, with its number at the carrier. */
public record Parcel(String carrier, String trackingNumber) {}
