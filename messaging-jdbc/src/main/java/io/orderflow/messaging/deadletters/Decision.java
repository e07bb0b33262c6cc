package io.orderflow.messaging.deadletters;

/** The result of an operator's decision about one dead letter. */
public enum Decision {
    /** It is done, and committed. */
    DONE,

    /** There is no such dead letter; resolved ones are deleted after a while. */
    UNKNOWN,

    /** It has been redriven or discarded before. */
    NOT_WAITING,

    /** It has been redriven as often as is allowed, and failed each time. */
    LIMIT_REACHED,

    /** It was collected so late that the inbox may have forgotten that its message was handled. */
    POSSIBLY_HANDLED,

    /** No subscription of this application reads for its group any more. */
    NOBODY_READS
}
