package io.orderflow.systemtests.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Injects the planned faults in a thread of its own: each at its count, in order, two at a time, and never two into one
 * target.
 */
final class FaultInjector {

    private static final int CONCURRENT_FAULTS = 2;
    /** Clients wait when this many more orders were accepted than a fault that waits for a recovery is planned at. */
    private static final int MAX_DELAY_IN_ORDERS = 60;
    /** A recovered target has to process messages before the next fault: this many are observed first. */
    private static final int MESSAGES_AFTER_RECOVERY = 30;

    private static final long POLL_NANOS = 20_000_000;
    private static final long RECOVERY_NANOS = 60_000_000_000L;

    private final FaultTarget system;
    private final Counts counts;
    private final PrintStream out;
    private final BooleanSupplier clientsDone;
    private final List<PlannedFault> pending;
    private final List<Active> active = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "fault-injector");
    private final long started = System.nanoTime();
    private volatile int nextCount;
    private volatile boolean recovering;
    private volatile @Nullable RuntimeException failure;

    private static final class Active {
        private final PlannedFault fault;
        private final Set<String> targets;
        private final int until;
        private boolean ended;
        private long endedAt;
        private boolean up;
        private int seenWhenUp;

        private Active(PlannedFault fault, Set<String> targets, int until) {
            this.fault = fault;
            this.targets = targets;
            this.until = until;
        }
    }

    /** @param clientsDone whether the counts no longer grow, so that faults need not wait for them */
    FaultInjector(
            List<PlannedFault> faults,
            FaultTarget system,
            Counts counts,
            BooleanSupplier clientsDone,
            PrintStream out) {
        this.pending = new ArrayList<>(faults);
        this.system = system;
        this.counts = counts;
        this.clientsDone = clientsDone;
        this.out = out;
        this.nextCount = nextCount();
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Whether clients have to wait: a fault is overdue and waits only for the recovery of a target. Clients never wait for
     * the end of a fault, because that is counted in their requests.
     */
    boolean holdsClients() {
        return recovering && counts.accepted.get() > nextCount + MAX_DELAY_IN_ORDERS;
    }

    void join() throws InterruptedException {
        thread.join();
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void run() {
        try {
            while (!pending.isEmpty() || !active.isEmpty()) {
                active.forEach(this::endIfDue);
                active.removeIf(this::hasRecovered);
                injectDueFaults();
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (RuntimeException e) {
            recovering = false;
            failure = e;
        }
    }

    private void endIfDue(Active each) {
        if (!each.ended && (counts.requests.get() >= each.until || clientsDone.getAsBoolean())) {
            each.ended = true;
            // before the fault ends, since clients continue meanwhile
            report("end", each.fault, each.targets, "request " + counts.requests.get());
            system.end(each.fault);
            each.endedAt = System.nanoTime();
        }
    }

    /** Stops waiting after a minute: the invariants report a target that stays down. */
    private boolean hasRecovered(Active each) {
        if (!each.ended) {
            return false;
        }
        if (!each.up && system.areUp(each.targets)) {
            each.up = true;
            each.seenWhenUp = counts.seen.get();
        }
        boolean late = System.nanoTime() - each.endedAt > RECOVERY_NANOS;
        if (late && !each.up) {
            out.printf("  not UP a minute after %s: %s%n", each.fault.fault(), each.targets);
        }
        boolean worked = clientsDone.getAsBoolean() || counts.seen.get() >= each.seenWhenUp + MESSAGES_AFTER_RECOVERY;
        return late || each.up && worked;
    }

    private void injectDueFaults() {
        while (!pending.isEmpty() && active.size() < CONCURRENT_FAULTS) {
            PlannedFault next = pending.get(0);
            Set<String> targets = system.targets(next);
            boolean due = counts.accepted.get() >= next.afterAccepted() || clientsDone.getAsBoolean();
            if (!due || !areIntact(targets)) {
                break; // the order is kept, or a rolling restart might never find everything intact
            }
            pending.remove(0);
            report("begin", next, targets, "accepted order " + counts.accepted.get());
            active.add(new Active(next, targets, counts.requests.get() + next.duringRequests()));
            nextCount = nextCount();
            recovering = next.fault() == Fault.ROLLING_RESTART; // returns when all services are UP again
            system.inject(next);
        }
        nextCount = nextCount();
        recovering =
                active.stream().allMatch(each -> each.ended) && active.stream().anyMatch(each -> !each.up);
    }

    private int nextCount() {
        return pending.isEmpty()
                ? Integer.MAX_VALUE - MAX_DELAY_IN_ORDERS
                : pending.get(0).afterAccepted();
    }

    /** A rolling restart waits until all services are UP, so that no other fault may be active. */
    private boolean areIntact(Set<String> targets) {
        Set<String> affected = new HashSet<>();
        active.forEach(each -> affected.addAll(each.targets));
        boolean all = targets.size() > 1;
        return all ? affected.isEmpty() : affected.stream().noneMatch(targets::contains);
    }

    private void report(String what, PlannedFault fault, Set<String> targets, String count) {
        out.printf(
                "  %3d s  %-5s %-18s %-24s at %s (%s)%n",
                Duration.ofNanos(System.nanoTime() - started).toSeconds(),
                what,
                fault.fault(),
                targets.size() == 1 ? String.join("", targets) : "all services",
                count,
                counts);
    }
}
