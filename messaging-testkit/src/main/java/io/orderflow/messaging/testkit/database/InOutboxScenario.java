package io.orderflow.messaging.testkit.database;

/** What the groups of an outbox's scenarios have in common. */
interface InOutboxScenario {

    /** The scenario that is running. */
    OutboxScenario scenario();
}
