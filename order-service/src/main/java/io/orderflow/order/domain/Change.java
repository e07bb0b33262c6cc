package io.orderflow.order.domain;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a transition.
 *
 * @param order the new state
 * @param happened what happened, as a sentence for the timeline
 * @param event the event to publish; null if the order did not change
 */
public record Change(Order order, String happened, @Nullable Record event) {}
