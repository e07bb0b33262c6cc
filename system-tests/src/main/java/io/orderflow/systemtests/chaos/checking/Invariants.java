package io.orderflow.systemtests.chaos.checking;

import java.util.List;
import java.util.stream.Stream;

/** All invariants, in the order of the report. */
public final class Invariants {

    private static final List<Invariant> ALL = Stream.of(
                    OrderInvariants.ALL,
                    StockInvariants.ALL,
                    ShippingInvariants.ALL,
                    MailInvariants.ALL,
                    EventInvariants.ALL,
                    DeadLetterInvariants.ALL,
                    ProcessInvariants.ALL)
            .flatMap(List::stream)
            .toList();

    private Invariants() {}

    public static List<Verdict> check(Observations observations) {
        return ALL.stream().map(invariant -> invariant.check(observations)).toList();
    }
}
