package io.orderflow.messaging.testkit.database;

/** Gives groups of scenarios access to the running one. */
interface InOutboxScenario {

    /** The running scenario. */
    OutboxScenario scenario();
}
