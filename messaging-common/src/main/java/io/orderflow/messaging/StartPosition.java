package io.orderflow.messaging;

/** Where a new group starts to read a topic. An existing group continues where it was. */
public enum StartPosition {

    /**
     * With the first message that the broker keeps. A broker that keeps none for new groups refuses one that comes too late, see
     * {@link MissedMessagesException}.
     */
    EARLIEST,

    /** With the first message that is sent after the group's first member has subscribed. */
    LATEST
}
