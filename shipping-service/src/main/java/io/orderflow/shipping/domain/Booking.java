package io.orderflow.shipping.domain;

/** The confirmation of a carrier. */
public record Booking(String carrier, String trackingNumber) {}
