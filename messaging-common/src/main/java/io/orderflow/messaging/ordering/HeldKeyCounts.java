package io.orderflow.messaging.ordering;

/**
 * What waits in a subscription that keeps order.
 *
 * @param keys how many keys are held
 * @param waitingForPeople how many of them are held by a dead letter that nobody has redriven or discarded
 * @param messages how many messages wait, those that hold their key included
 */
public record HeldKeyCounts(long keys, long waitingForPeople, long messages) {}
