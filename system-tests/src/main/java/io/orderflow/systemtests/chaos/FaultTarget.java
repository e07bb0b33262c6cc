package io.orderflow.systemtests.chaos;

import java.util.Set;

/** The system into which faults are injected. For one thread. */
interface FaultTarget {

    /** The parts that the fault affects. They have to be intact before it is injected, and are not until they recover. */
    Set<String> targets(PlannedFault fault);

    void inject(PlannedFault fault);

    /** Ends the fault. Returns before the targets have recovered. */
    void end(PlannedFault fault);

    /** Whether these targets have recovered after the end of their fault. */
    boolean areUp(Set<String> targets);
}
