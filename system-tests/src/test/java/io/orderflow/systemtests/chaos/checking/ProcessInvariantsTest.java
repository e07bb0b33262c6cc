package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals.Reading;
import org.junit.jupiter.api.Test;

class ProcessInvariantsTest extends CorrectRun {

    private static final String LEVEL = "threads, descriptors and heap do not grow";

    private static final String UP = "every process is UP after all faults have ended";

    private static final String ENDED = "processes shut down in time";

    @Test
    void a_process_that_grows_is_named() {
        Reading early = new Reading(40, 100, 20_000);
        vitals.add(new Vitals("order-service", early, new Reading(400, 100, 20_000)));
        vitals.add(new Vitals("email-service", early, new Reading(40, 1_000, 20_000)));
        vitals.add(new Vitals("shipping-service", early, new Reading(40, 100, 100_000)));
        assertBroken(LEVEL, "order-service", "email-service", "shipping-service");
    }

    @Test
    void a_process_that_did_not_end_is_named() {
        overdue.add("order-service had not ended after 15 s");
        assertBroken(ENDED, "order-service");
    }

    @Test
    void a_process_that_stays_down_is_named() {
        down.add("order-service says it is DOWN");
        assertBroken(UP, "order-service");
    }
}
