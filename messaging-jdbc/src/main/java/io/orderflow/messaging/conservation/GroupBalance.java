package io.orderflow.messaging.conservation;

import org.jspecify.annotations.Nullable;

/**
 * What became of published messages in a group: published = handled + deadLettered + expired + parked + inFlight + missing.
 *
 * @param published messages of the compared slots
 * @param handled those in the group's inbox
 * @param deadLettered those among its dead letters, discarded ones included, without those that expired
 * @param expired those that expired before they were handled
 * @param parked retries and dead letters that the broker rejected; an operator decides about them
 * @param inFlight those that are retried later, or may be in the group's backlog
 * @param missing those that are nowhere
 * @param unchecked why it is not known whether messages are missing; null if it is known. Those that may be in flight or missing
 *     are counted as in flight
 */
public record GroupBalance(
        String topic,
        String group,
        long published,
        long handled,
        long deadLettered,
        long expired,
        long parked,
        long inFlight,
        long missing,
        @Nullable String unchecked) {

    static GroupBalance unchecked(String topic, String group, String reason) {
        return new GroupBalance(topic, group, 0, 0, 0, 0, 0, 0, 0, reason);
    }
}
