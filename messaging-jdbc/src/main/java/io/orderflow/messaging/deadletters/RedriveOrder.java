package io.orderflow.messaging.deadletters;

/**
 * The parameters of a redrive job.
 *
 * @param filter selects the dead letters among those that await an operator; its state is ignored
 * @param dryRun whether to count them only
 * @param perSecond the most redrives a second
 * @param stopOnFailure whether to stop as soon as a redriven one fails again
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
