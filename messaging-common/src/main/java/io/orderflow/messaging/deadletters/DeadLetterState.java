package io.orderflow.messaging.deadletters;

/** What has become of a dead letter. */
public enum DeadLetterState {
    /** Nobody has decided about it since it failed last. */
    WAITING,

    /** It was sent to its group again, and has not come back. */
    REDRIVEN,

    /** Somebody decided that it need not be handled. */
    DISCARDED
}
