package io.orderflow.messaging.conservation;

import io.orderflow.messaging.conservation.SlotCounts.Settled;
import io.orderflow.messaging.conservation.SlotCounts.Waiting;
import io.orderflow.messaging.handling.Subscription;

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

    GroupBalance of(Subscription group, long backlog) {
        long inBacklog = Math.min(rest, backlog);
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
                null);
    }
}
