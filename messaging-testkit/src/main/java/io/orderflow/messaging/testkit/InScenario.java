package io.orderflow.messaging.testkit;

/** What the groups of scenarios have in common. */
interface InScenario {

    /** The scenario that is running. */
    Scenario scenario();
}
