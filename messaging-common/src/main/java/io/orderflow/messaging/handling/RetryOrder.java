package io.orderflow.messaging.handling;

/** What becomes of the messages behind one that failed, those of its key. Messages without a key have no order. */
public enum RetryOrder {
    /** They go on at once, and overtake it. The default, for handlers that bear it. */
    NOT_KEPT(""),

    /**
     * They wait behind it, in the database, while other keys go on. A message that is given up holds its key until people
     * redrive its dead letter, and then it is handled before them, or discard it. Nothing is ever handled out of order.
     */
    KEPT("; others of its key wait behind it, and behind its dead letter until people decide"),

    /** They wait behind it while it is tried again; once it is given up they go on without it. */
    KEPT_UNTIL_GIVEN_UP("; others of its key wait behind it until it is given up");

    private final String sentence;

    RetryOrder(String sentence) {
        this.sentence = sentence;
    }

    /** How a subscription goes on that has told its retry policy. */
    public String sentence() {
        return sentence;
    }

    /** Whether messages wait behind one that is to be tried again. */
    public boolean isKept() {
        return this != NOT_KEPT;
    }
}
