package io.orderflow.messaging.deadletters;

/** The state of a dead letter. */
public enum DeadLetterState {
    /** It awaits an operator. */
    WAITING,

    /** It was sent to its group again, and has not failed since. */
    REDRIVEN,

    /** An operator decided that it need not be handled. */
    DISCARDED
}
