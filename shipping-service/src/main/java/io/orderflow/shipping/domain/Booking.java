package io.orderflow.shipping.domain;

/** A carrier's word that a shipment is theirs. */
public record Booking(String carrier, String trackingNumber) {}
