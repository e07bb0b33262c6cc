package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Invariants;
import io.orderflow.systemtests.chaos.checking.Observations;
import io.orderflow.systemtests.chaos.checking.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Waits until the system is quiet: all invariants hold at several observations in a row, or nothing has changed for longer
 * than the longest pause between two retries.
 */
final class Quiescence {

    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final Duration LONGEST_RETRY_PAUSE = Duration.ofSeconds(80);
    private static final int OBSERVATIONS = 4;
    private static final long INTERVAL_MILLIS = 1_000;

    private final ObservationCollector collector;
    private final PrintStream out;
    private boolean allHeld;

    Quiescence(ObservationCollector collector, PrintStream out) {
        this.collector = collector;
        this.out = out;
    }

    /**
     * Returns the duration, also after a timeout, which is printed.
     *
     * @param redrives how often all dead letters were redriven before
     */
    Duration await(int redrives) throws InterruptedException {
        long started = System.nanoTime();
        long changed = started;
        int inARow = 0;
        String before = "";
        while (inARow < OBSERVATIONS) {
            Observations now = collector.collect(redrives, List.of());
            long moment = System.nanoTime();
            String fingerprint = fingerprint(now);
            boolean same = fingerprint.equals(before);
            changed = same ? changed : moment;
            allHeld = allHeld(now);
            inARow = same && allHeld ? inARow + 1 : 0;
            if (Duration.ofNanos(moment - changed).compareTo(LONGEST_RETRY_PAUSE) > 0) {
                out.println("  nothing has changed for " + LONGEST_RETRY_PAUSE.toSeconds() + " s");
                break;
            }
            if (Duration.ofNanos(moment - started).compareTo(DEADLINE) > 0) {
                out.println("  not quiet after " + DEADLINE.toSeconds() + " s: " + fingerprint);
                break;
            }
            before = fingerprint;
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Whether all invariants held at the end of the last wait. */
    boolean allHeld() {
        return allHeld;
    }

    private static boolean allHeld(Observations now) {
        return Invariants.check(now).stream().allMatch(Verdict::held);
    }

    private String fingerprint(Observations now) {
        return "%d orders %s, %d shipments, %d mails, %d events committed, %d seen, %d dead letters, %d waiting, %d handled"
                .formatted(
                        now.orders().size(),
                        now.orders().stream()
                                .collect(Collectors.groupingBy(
                                        Observations.Order::status, TreeMap::new, Collectors.counting())),
                        now.shipments().size(),
                        now.mails().size(),
                        now.committed().size(),
                        now.seen().size(),
                        now.deadLetters().size(),
                        now.waiting().size(),
                        collector.databases().handled());
    }
}
