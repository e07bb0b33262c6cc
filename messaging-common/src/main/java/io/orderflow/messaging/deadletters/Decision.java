package io.orderflow.messaging.deadletters;

/** What became of a decision about one dead letter. */
public enum Decision {
    /** It is done, and committed. */
    DONE,

    /** There is no such dead letter; resolved ones are forgotten after a while. */
    UNKNOWN,

    /** Somebody has redriven or discarded it before; it may have been the same person. */
    NOT_WAITING,

    /** It has been redriven as often as is allowed, and failed each time. Redriving once more would change nothing. */
    LIMIT_REACHED,

    /** It was collected so late that its message may have been handled, and the inbox have forgotten that. */
    POSSIBLY_HANDLED,

    /** No subscription of this application reads for its group any more; a redrive would go nowhere. */
    NOBODY_READS
}
