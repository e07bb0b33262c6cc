package io.orderflow.messaging.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a redrive job.
 *
 * @param filter selects the dead letters among those that await an operator; its state is ignored
 * @param first how many at most, the oldest ones; null for all
 * @param dryRun whether to count them only
 * @param perSecond the most redrives a second
 * @param stopOnFailure whether to stop as soon as a redriven one fails again
 */
public record RedriveOrder(
        DeadLetterFilter filter, @Nullable Integer first, boolean dryRun, int perSecond, boolean stopOnFailure) {

    public static final int DEFAULT_PER_SECOND = 50;
    public static final int MAX_PER_SECOND = 1_000;

    public RedriveOrder {
        if (first != null && first < 1) {
            throw new IllegalArgumentException("A job redrives the first 1 or more dead letters, not " + first + ".");
        }
        filter = filter.in(DeadLetterState.WAITING);
        if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException(
                    "A job redrives 1 to " + MAX_PER_SECOND + " dead letters a second, not " + perSecond + ".");
        }
    }
}
