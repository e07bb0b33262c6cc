package io.orderflow.messaging.redis;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessagingException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a group and its lease: a key that expires. A background thread renews it for as long as the member calls
 * {@link #touch()}, however long handling takes. Other members claim the entries of a member without a lease, so an expired
 * lease is never renewed, and a member's name is never used again.
 */
final class Membership {

    /** The prefix of leases. No topic's name contains a colon. */
    static final String LEASES = "messaging:member:";

    private static final int RENEWALS_PER_LEASE = 3;
    private static final long MAX_SECONDS_TO_LEAVE = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final String group;
    private final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final ConsumerOptions options;
    private final Link control;
    private final ScheduledExecutorService scheduler;
    private @Nullable Future<?> renewals;
    private volatile boolean expired;
    private volatile long lastTouch = System.nanoTime();
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
        long duration = options.memberTimeout().toMillis();
        long requested = System.nanoTime();
        control.run("Joining group " + group, Script.JOIN, List.of(lease()), List.of(Long.toString(duration)));
        leasedUntil = requested + options.memberTimeout().toNanos();
        long period = Math.max(1, duration / RENEWALS_PER_LEASE);
        renewals = scheduler.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Records that the member is active. A process that was suspended finds out here that its lease has expired.
     *
     * @throws MessagingException if it has
     */
    void touch() {
        lastTouch = System.nanoTime();
        if (expired || leasedUntil - lastTouch < 0) {
            throw leaseExpired();
        }
    }

    MessagingException leaseExpired() {
        expired = true;
        return new MessagingException(
                "Member " + name + " of group " + group + " has lost its lease of "
                        + options.memberTimeout().toMillis()
                        + " ms; other members receive what it had not committed. Close it and open another.",
                null);
    }

    private void renew() {
        boolean stuck = System.nanoTime() - lastTouch > options.pollHandling().toNanos();
        if (stuck || expired) {
            return;
        }
        long requested = System.nanoTime();
        long duration = options.memberTimeout().toMillis();
        try {
            expired |=
                    !control.ask("Renewing the lease of " + name, c -> c.async().pexpire(lease(), duration));
            leasedUntil = requested + options.memberTimeout().toNanos();
        } catch (MessagingException e) {
            LOG.debug("Could not renew the lease of member {}: {}", name, e.getMessage());
        }
    }

    /** Deletes the lease; if the server does not answer soon, it expires. */
    void leave() {
        if (renewals == null) {
            return;
        }
        renewals.cancel(false);
        renewals = null;
        try {
            CompletableFuture.runAsync(
                            () -> control.ask(
                                    "Leaving group " + group, c -> c.async().del(lease())),
                            scheduler)
                    .orTimeout(MAX_SECONDS_TO_LEAVE, TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException e) {
            LOG.debug( // the loop reports the outage
                    "Member {} could not delete its lease in group {}. It expires in {} ms; then other members take over.",
                    name,
                    group,
                    options.memberTimeout().toMillis());
        }
    }
}
