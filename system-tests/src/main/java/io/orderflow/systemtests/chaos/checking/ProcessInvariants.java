package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals.Reading;
import java.util.ArrayList;
import java.util.List;

/** Processes leak nothing, shut down in time and recover. */
final class ProcessInvariants {

    /** Room for pools that grow after the first reading, and for connections that wait for their time-out. */
    static final long MORE_THREADS = 30;

    static final long MORE_DESCRIPTORS = 60;
    static final long MORE_HEAP_KILOBYTES = 24 * 1024;

    static final List<Invariant> ALL = List.of(
            new Invariant("threads, descriptors and heap do not grow", ProcessInvariants::grown),
            new Invariant("processes shut down in time", Observations::overdue),
            new Invariant("every process is UP after all faults have ended", Observations::down));

    private ProcessInvariants() {}

    private static List<String> grown(Observations seen) {
        List<String> broken = new ArrayList<>();
        for (Vitals vitals : seen.vitals()) {
            Reading early = vitals.early();
            Reading late = vitals.late();
            compare(broken, vitals, "threads", early.threads(), late.threads(), MORE_THREADS);
            compare(broken, vitals, "descriptors", early.descriptors(), late.descriptors(), MORE_DESCRIPTORS);
            if (early.heapKilobytes() > 0) {
                compare(
                        broken,
                        vitals,
                        "KiB of heap",
                        early.heapKilobytes(),
                        late.heapKilobytes(),
                        MORE_HEAP_KILOBYTES);
            }
        }
        return broken;
    }

    private static void compare(List<String> broken, Vitals vitals, String what, long early, long late, long more) {
        if (late > early + more) {
            broken.add("%s had %d %s and has %d".formatted(vitals.process(), early, what, late));
        }
    }
}
