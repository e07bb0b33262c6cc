package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Invariants;
import io.orderflow.systemtests.chaos.checking.Observations;
import io.orderflow.systemtests.chaos.checking.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Waits until nothing moves any more: all is as it has to be and stays so for a few looks, or nothing has changed for
 * longer than the longest pause between two tries of anything.
 */
final class Quiescence {

    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(80);
    private static final int LOOKS = 4;
    private static final long BETWEEN_LOOKS_MILLIS = 1_000;

    private final Evidence evidence;
    private final PrintStream out;
    private boolean allHeld;

    Quiescence(Evidence evidence, PrintStream out) {
        this.evidence = evidence;
        this.out = out;
    }

    /**
     * Answers how long that took; it also returns when the deadline has passed, and says so.
     *
     * @param redrives how often everything was redriven before
     */
    Duration await(int redrives) throws SQLException, IOException, InterruptedException {
        long begun = System.nanoTime();
        long changed = begun;
        int good = 0;
        String before = "";
        while (good < LOOKS) {
            Observations now = evidence.gather(redrives, List.of());
            long moment = System.nanoTime();
            String fingerprint = fingerprint(now);
            boolean same = fingerprint.equals(before);
            changed = same ? changed : moment;
            allHeld = allHeld(now);
            good = same && allHeld ? good + 1 : 0;
            if (Duration.ofNanos(moment - changed).compareTo(LONGEST_PAUSE) > 0) {
                out.println("  nothing has moved for " + LONGEST_PAUSE.toSeconds() + " s");
                break;
            }
            if (Duration.ofNanos(moment - begun).compareTo(DEADLINE) > 0) {
                out.println("  not quiet after " + DEADLINE.toSeconds() + " s: " + fingerprint);
                break;
            }
            before = fingerprint;
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether all was as it has to be when the last wait was over. */
    boolean allHeld() {
        return allHeld;
    }

    private static boolean allHeld(Observations now) {
        return Invariants.judge(now).stream().allMatch(Verdict::held);
    }

    private String fingerprint(Observations now) throws SQLException {
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
                        evidence.databases().handled());
    }
}
