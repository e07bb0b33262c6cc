package io.orderflow.messaging.handling;

/** What is committed together while messages are handled. */
public enum UnitOfWork {
    /** One database transaction a message: its inbox row, what the handler wrote, its outbox rows. The default. */
    MESSAGE,

    /**
     * One database transaction a poll, for handlers that touch nothing but the database. Much faster; if anything in it
     * fails, it is rolled back and done again message by message.
     */
    POLL,

    /**
     * No transaction and no inbox row: for handlers that call slow or remote things. The handler runs its own
     * transactions, and has to make a repetition harmless by keys of its own.
     */
    SELF_MANAGED
}
