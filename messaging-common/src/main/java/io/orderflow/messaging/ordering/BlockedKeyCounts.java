package io.orderflow.messaging.ordering;

/**
 * What waits in the subscriptions that keep order.
 *
 * @param keys how many keys are held
 * @param waitingForPeople how many of them are held by a dead letter that nobody has redriven or discarded
 * @param messages how many messages wait, those that hold their key included
 */
public record BlockedKeyCounts(long keys, long waitingForPeople, long messages) {

    /** Beyond so many it is not counted on. */
    public static final int MOST = 10_000;

    public static final BlockedKeyCounts NONE = new BlockedKeyCounts(0, 0, 0);
}
