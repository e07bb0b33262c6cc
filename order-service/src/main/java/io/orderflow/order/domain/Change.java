package io.orderflow.order.domain;

import java.util.List;

/**
 * What becomes of an order.
 *
 * @param order its new state
 * @param happened what happened, in a sentence for people
 * @param events what there is to tell others; nothing if the order did not change
 */
public record Change(Order order, String happened, List<Record> events) {}
