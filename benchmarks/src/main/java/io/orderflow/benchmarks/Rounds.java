package io.orderflow.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a comparison runs: both sides in turn, in one JVM and against one server, so that whatever else happens on the machine happens
 * to both. First unmeasured for a while (a JVM on two cores is warm after 20 to 30 s), then a number of rounds; who goes
 * first changes from round to round.
 */
record Rounds(Duration warmUp, int number) {

    static final Rounds THOROUGH = new Rounds(Duration.ofSeconds(25), 9);

    /** To see that a case works. Its figures say little. */
    static final Rounds QUICK = new Rounds(Duration.ofSeconds(3), 3);

    Ratio compare(Measured ours, Measured beside) throws Exception {
        long warm = System.nanoTime() + warmUp.toNanos();
        do {
            ours.perSecond();
            beside.perSecond();
        } while (System.nanoTime() < warm);

        List<Double> oursEach = new ArrayList<>();
        List<Double> besideEach = new ArrayList<>();
        for (int round = 0; round < number; round++) {
            if (round % 2 == 0) {
                oursEach.add(ours.perSecond());
                besideEach.add(beside.perSecond());
            } else {
                besideEach.add(beside.perSecond());
                oursEach.add(ours.perSecond());
            }
        }
        return new Ratio(oursEach, besideEach);
    }
}
