package io.orderflow.messaging;

/** Where a group begins to read a topic when it is new on the broker; one that is there goes on where it was. */
public enum StartPosition {

    /**
     * With the first message that the broker has. One that keeps nothing for groups to come refuses a group for which it is
     * too late: it begins with the topic, or not at all.
     */
    EARLIEST,

    /** With what is sent after the group's first member has subscribed. */
    LATEST
}
