package io.orderflow.systemtests.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Carries out the strikes of a plan, in a thread of its own: each at its count, two at a time, never two on one target. */
final class Trouble {

    private static final int AT_A_TIME = 2;
    /** So many orders may overtake a strike that has to wait for another one to be undone. */
    private static final int AHEAD = 60;
    /** So many messages are seen before what has come up is broken again, or it would never have been at work. */
    private static final int AT_WORK = 30;

    private static final long BREATH_NANOS = 20_000_000;
    private static final long RECOVERY_NANOS = 60_000_000_000L;

    private final Breakable stage;
    private final Counts counts;
    private final PrintStream out;
    private final BooleanSupplier allHaveAsked;
    private final List<Strike> pending;
    private final List<Active> active = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "trouble");
    private final long begun = System.nanoTime();
    private volatile int nextCount;
    private volatile boolean recovering;
    private volatile @Nullable RuntimeException failure;

    private static final class Active {
        private final Strike strike;
        private final Set<String> targets;
        private final int until;
        private boolean undone;
        private long undoneAt;
        private boolean up;
        private int seenWhenUp;

        private Active(Strike strike, Set<String> targets, int until) {
            this.strike = strike;
            this.targets = targets;
            this.until = until;
        }
    }

    /** @param allHaveAsked whether the counts stand still, so that waiting for them would be in vain */
    Trouble(List<Strike> strikes, Breakable stage, Counts counts, BooleanSupplier allHaveAsked, PrintStream out) {
        this.pending = new ArrayList<>(strikes);
        this.stage = stage;
        this.counts = counts;
        this.allHaveAsked = allHaveAsked;
        this.out = out;
        this.nextCount = nextCount();
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Whether clients have to wait: a strike was due long ago, and all that it waits for is that something recovers. A
     * fault that lasts for some requests is never waited for, or there would be none.
     */
    boolean holdsClients() {
        return recovering && counts.accepted.get() > nextCount + AHEAD;
    }

    void join() throws InterruptedException {
        thread.join();
        RuntimeException why = failure;
        if (why != null) {
            throw why;
        }
    }

    private void run() {
        try {
            while (!pending.isEmpty() || !active.isEmpty()) {
                undoWhatIsOver();
                active.removeIf(this::isOver);
                strikeWhatIsDue();
                LockSupport.parkNanos(BREATH_NANOS);
            }
        } catch (RuntimeException e) {
            recovering = false;
            failure = e;
        }
    }

    /** What does not come up again is not waited for: the judge hears of it at the end. */
    private boolean isOver(Active each) {
        if (!each.undone) {
            return false;
        }
        if (!each.up && stage.areUp(each.targets)) {
            each.up = true;
            each.seenWhenUp = counts.seen.get();
        }
        boolean late = System.nanoTime() - each.undoneAt > RECOVERY_NANOS;
        if (late && !each.up) {
            out.printf("  not UP a minute after %s: %s%n", each.strike.fault(), each.targets);
        }
        return late || each.up && (allHaveAsked.getAsBoolean() || counts.seen.get() >= each.seenWhenUp + AT_WORK);
    }

    private void undoWhatIsOver() {
        for (Active each : active) {
            if (!each.undone && (counts.requests.get() >= each.until || allHaveAsked.getAsBoolean())) {
                each.undone = true;
                tell("end of", each.strike, "request " + counts.requests.get()); // while it is undone, clients go on
                stage.undo(each.strike);
                each.undoneAt = System.nanoTime();
            }
        }
    }

    private void strikeWhatIsDue() {
        Iterator<Strike> strikes = pending.iterator();
        while (strikes.hasNext() && active.size() < AT_A_TIME) {
            Strike strike = strikes.next();
            boolean due = counts.accepted.get() >= strike.afterAccepted() || allHaveAsked.getAsBoolean();
            Set<String> targets = stage.targets(strike);
            if (due && !isWhole(targets)) {
                break; // none overtakes another, or a restart of everything would never find a quiet moment
            }
            if (due) {
                strikes.remove();
                tell("strike", strike, "accepted order " + counts.accepted.get());
                Active now = new Active(strike, targets, counts.requests.get() + strike.duringRequests());
                active.add(now);
                nextCount = nextCount();
                recovering = strike.fault() == Fault.ROLLING_RESTART; // which returns when all are UP again
                stage.strike(strike);
            }
        }
        nextCount = nextCount();
        recovering =
                active.stream().allMatch(each -> each.undone) && active.stream().anyMatch(each -> !each.up);
    }

    private int nextCount() {
        return pending.stream().mapToInt(Strike::afterAccepted).min().orElse(Integer.MAX_VALUE - AHEAD);
    }

    /** Restarting everything takes until all answer, so that nothing else may be broken then. */
    private boolean isWhole(Set<String> targets) {
        Set<String> broken = new HashSet<>();
        active.forEach(each -> broken.addAll(each.targets));
        boolean everything = targets.size() > 1;
        return everything ? broken.isEmpty() : broken.stream().noneMatch(targets::contains);
    }

    private void tell(String what, Strike strike, String count) {
        out.printf(
                "  %3d s  %-7s %-18s %-24s at %s (%s)%n",
                Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                what,
                strike.fault(),
                stage.targets(strike).size() == 1 ? String.join("", stage.targets(strike)) : "all services",
                count,
                counts);
    }
}
