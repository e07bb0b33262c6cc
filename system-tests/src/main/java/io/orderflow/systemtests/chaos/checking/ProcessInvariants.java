package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals.Reading;
import java.util.ArrayList;
import java.util.List;

/** What a day of trouble may cost a process: nothing that grows with the next one. */
final class ProcessInvariants {

    /** Pools that were not full early on, and a few connections that wait for their time-out. */
    static final long MORE_THREADS = 30;

    static final long MORE_DESCRIPTORS = 60;
    static final long MORE_HEAP_KILOBYTES = 24 * 1024;

    static final List<Invariant> ALL = List.of(
            new Invariant("threads, descriptors and heap stay level", ProcessInvariants::grown),
            new Invariant("a process that is told to end does so in time", Observations::overdue),
            new Invariant("every process is UP when nothing is broken any more", Observations::down));

    private ProcessInvariants() {}

    private static List<String> grown(Observations seen) {
        List<String> broken = new ArrayList<>();
        for (Vitals vitals : seen.vitals()) {
            Reading early = vitals.early();
            Reading late = vitals.late();
            tell(broken, vitals, "threads", early.threads(), late.threads(), MORE_THREADS);
            tell(broken, vitals, "descriptors", early.descriptors(), late.descriptors(), MORE_DESCRIPTORS);
            if (early.heapKilobytes() > 0) {
                tell(broken, vitals, "KiB of heap", early.heapKilobytes(), late.heapKilobytes(), MORE_HEAP_KILOBYTES);
            }
        }
        return broken;
    }

    private static void tell(List<String> broken, Vitals vitals, String what, long early, long late, long more) {
        if (late > early + more) {
            broken.add("%s had %d %s and has %d".formatted(vitals.process(), early, what, late));
        }
    }
}
