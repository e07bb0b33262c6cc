package io.orderflow.order.domain;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of an order.
 *
 * @param order its new state
 * @param happened what happened, in a sentence for people
 * @param event what there is to tell others; null if the order did not change
 */
public record Change(Order order, String happened, @Nullable Record event) {}
