package io.orderflow.messaging.conservation;

import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.conservation.SlotCounts.Settled;
import io.orderflow.messaging.conservation.SlotCounts.Waiting;
import io.orderflow.messaging.handling.Subscription;
import org.jspecify.annotations.Nullable;

/** Adds up the slots of one group. */
final class Balance {

    private long published;
    private long handled;
    private long deadLettered;
    private long expired;
    private long parked;
    private long delayed;
    private long rest;

    void add(long messages, Settled settled) {
        published += messages;
        handled += settled.handled();
        deadLettered += settled.deadLettered();
        expired += settled.expired();
    }

    /**
     * Messages of one slot that are neither handled nor dead-lettered. Never less than none: more may be handled than the relay has
     * counted, while a message is sent again.
     */
    void add(long unsettled, Waiting waiting) {
        delayed += waiting.delayed();
        parked += waiting.parked();
        rest += Math.max(0, unsettled - waiting.delayed() - waiting.parked());
    }

    /** Whether some messages can only be in the backlog of the group. */
    boolean needsBacklog() {
        return rest > 0;
    }

    GroupBalance of(Subscription group, GroupBacklog backlog) {
        if (!backlog.withInFlight() && rest > backlog.messages()) {
            return unchecked(
                    group,
                    "The broker does not show what members hold: " + (rest - backlog.messages())
                            + " message(s) are in flight or missing.");
        }
        return of(group, Math.min(rest, backlog.messages()), null);
    }

    /** With all that may be in flight or missing as in flight. */
    GroupBalance unchecked(Subscription group, String reason) {
        return of(group, rest, reason);
    }

    private GroupBalance of(Subscription group, long inBacklog, @Nullable String unchecked) {
        return new GroupBalance(
                group.topic(),
                group.group(),
                published,
                handled,
                deadLettered,
                expired,
                parked,
                delayed + inBacklog,
                rest - inBacklog,
                unchecked);
    }
}
