package io.orderflow.messaging.replay;

import io.orderflow.messaging.HistoryStart;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay of a subscription, and its progress.
 *
 * @param from the time from which the topic is read; null: without one
 * @param position the position from which it is read; null: without one
 * @param endedBy the operator who cancelled it; null otherwise
 * @param note the first failure, or why the replay failed; null without one
 * @param total how many messages there are from the start to the end, an estimate on some brokers
 * @param handled how many of them have been read, by the run that works on it now. A run that continues after a crash begins at the
 *     start again, and the inbox skips what was handled
 * @param failed how many have failed for good
 * @param firstMessageAt the time of the earliest message that was read; null before the first one
 * @param truncated whether the broker has deleted messages between the start and the first message
 * @param perSecond how many a second were handled, by that run
 */
public record ReplayJob(
        UUID id,
        String topic,
        String group,
        @Nullable Instant from,
        @Nullable String position,
        State state,
        String startedBy,
        Instant startedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String note,
        long total,
        long handled,
        long failed,
        @Nullable Instant firstMessageAt,
        boolean truncated,
        long perSecond) {

    /** The state of a job. */
    public enum State {
        RUNNING,

        /** Every message was read, whether or not some failed. */
        COMPLETED,

        /** It could not begin: the subscription or the topic's history is no longer there. */
        FAILED,

        CANCELLED
    }

    /** How long the rest takes at this rate, in seconds; null while that is unknown, and at the end. */
    public @Nullable Long getSecondsLeft() {
        return state != State.RUNNING || perSecond == 0 ? null : Math.max(0, total - handled) / perSecond;
    }

    HistoryStart start() {
        return new HistoryStart(from, position);
    }

    /** The group whose inbox rows the replay writes. */
    String into() {
        return group + "-replay-" + id.toString().substring(0, 8);
    }
}
