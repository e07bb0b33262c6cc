package io.orderflow.order.domain;

/**
 * The position of an entry among those of all timelines.
 *
 * @param transaction number of the database's transaction that added it
 * @param id of the entry
 */
public record FeedPosition(long transaction, long id) implements Comparable<FeedPosition> {

    /** Before the first entry. */
    public static final FeedPosition START = new FeedPosition(0, 0);

    @Override
    public int compareTo(FeedPosition other) {
        return transaction == other.transaction
                ? Long.compare(id, other.id)
                : Long.compare(transaction, other.transaction);
    }
}
