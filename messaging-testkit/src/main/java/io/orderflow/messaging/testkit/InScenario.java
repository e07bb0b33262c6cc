package io.orderflow.messaging.testkit;

/** Gives groups of scenarios access to the running one. */
interface InScenario {

    /** The running scenario. */
    Scenario scenario();

    /** The running scenario, whose topic is declared with the group {@code g}. */
    default Scenario scenarioWithGroup() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        return s;
    }
}
