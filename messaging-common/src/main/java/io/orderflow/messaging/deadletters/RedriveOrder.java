package io.orderflow.messaging.deadletters;

/**
 * What a job is to do.
 *
 * @param filter which letters; those that wait now, whatever state it names
 * @param dryRun only count them
 * @param perSecond redriven in a second at most
 * @param stopOnFailure stop as soon as one of those redriven is a dead letter again
 */
public record RedriveOrder(DeadLetterFilter filter, boolean dryRun, int perSecond, boolean stopOnFailure) {

    public static final int DEFAULT_PER_SECOND = 50;
    public static final int MAX_PER_SECOND = 1_000;

    public RedriveOrder {
        filter = filter.in(DeadLetterState.WAITING);
        if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException(
                    "A job redrives 1 to " + MAX_PER_SECOND + " dead letters a second, not " + perSecond + ".");
        }
    }
}
