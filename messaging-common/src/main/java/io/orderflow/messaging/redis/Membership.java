package io.orderflow.messaging.redis;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's place in its group: a key in Redis that runs out, its lease, renewed from another thread and another connection
 * while the member is well, however long it handles. Without the lease the member is dead to the others and they
 * take over what it has; so a lease that ran out is never taken up again.
 */
final class Membership {

    /** How the keys of leases begin. No topic has a colon in its name. */
    static final String LEASES = "messaging:member:";

    private static final int RENEWALS_PER_LEASE = 3;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final String group;
    private final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final Link control;
    private final ScheduledExecutorService scheduler;
    private final ConsumerOptions options;
    private @Nullable Future<?> renewals;
    private volatile boolean lost;
    private volatile long lastSign = System.nanoTime();
    private volatile long leasedUntil;

    Membership(String group, ConsumerOptions options, Link control, ScheduledExecutorService scheduler) {
        this.group = group;
        this.options = options;
        this.control = control;
        this.scheduler = scheduler;
    }

    String name() {
        return name;
    }

    String group() {
        return group;
    }

    String lease() {
        return LEASES + name;
    }

    void join() {
        long timeout = options.memberTimeout().toMillis();
        long asked = System.nanoTime();
        control.run("Joining group " + group, Script.JOIN, List.of(lease()), List.of(Long.toString(timeout)));
        leasedUntil = asked + options.memberTimeout().toNanos();
        long period = Math.max(1, timeout / RENEWALS_PER_LEASE);
        renewals = scheduler.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /** The member shows that it is not stuck. One that was frozen finds here that its lease is over, before it asks. */
    void sign() {
        lastSign = System.nanoTime();
        if (lost || leasedUntil - lastSign < 0) {
            throw gone();
        }
    }

    MessagingException gone() {
        lost = true;
        return new MessagingException(
                "Member " + name + " of group " + group + " was not heard of for "
                        + options.memberTimeout().toMillis()
                        + " ms and lost its place; what it had not committed goes to others. Close it and open another.",
                null);
    }

    private void renew() {
        boolean stuck = System.nanoTime() - lastSign > options.pollHandling().toNanos();
        if (stuck || lost) {
            return;
        }
        long asked = System.nanoTime();
        try {
            boolean held = control.ask(
                    "Renewing the lease of " + name,
                    c -> c.async().pexpire(lease(), options.memberTimeout().toMillis()));
            leasedUntil = asked + options.memberTimeout().toNanos();
            lost |= !held;
        } catch (MessagingException e) {
            LOG.debug("Could not renew the lease of member {}: {}", name, e.getMessage());
        }
    }

    /** Gives back what the member has, if the server answers soon; else the lease runs out. */
    void leave(Collection<String> streams) {
        if (renewals == null) {
            return;
        }
        renewals.cancel(false);
        renewals = null;
        List<String> keys = new ArrayList<>(streams);
        keys.add(0, lease());
        try {
            scheduler
                    .submit(() -> control.ask(
                            "Leaving group " + group, c -> Script.RELEASE.run(c, keys, List.of(group, name))))
                    .get(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.info(
                    "Member {} could not say goodbye to group {}; others take over what it had in {} ms.",
                    name,
                    group,
                    options.memberTimeout().toMillis());
        }
    }
}
