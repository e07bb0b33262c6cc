package io.orderflow.messaging.events;

/** What is committed together while messages are handled. */
public enum UnitOfWork {
    /** One database transaction a message: its inbox row, what the handler wrote, its outbox rows. The default. */
    MESSAGE,

    /**
     * One database transaction a poll, for handlers that use nothing but the database. Faster; if anything in it fails, it is
     * rolled back, and the poll is handled message by message.
     */
    POLL,

    /**
     * No transaction, for handlers that call slow or remote systems. The handler runs transactions of its own, and must be idempotent
     * by keys of its own. An inbox row is written after it and drops no duplicate; it only shows that the message was handled.
     */
    SELF_MANAGED
}
