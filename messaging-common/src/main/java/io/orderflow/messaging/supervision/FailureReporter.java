package io.orderflow.messaging.supervision;

import io.orderflow.messaging.policy.TransientFailures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs outages: once when one begins, once a minute while it lasts, once when it is over. An outage of the broker or of the
 * database that many components see is one outage. It is over when a component that it affects succeeds again. An outage that
 * begins within a minute of the last line about the same resource is logged when that minute is over, if it still lasts.
 *
 * <p>A topic that is missing or declared differently is an outage of its component alone. Any other failure is one of its component alone, and unexpected: it is logged with its stack trace.
 *
 * <p>Safe for many threads.
 */
public final class FailureReporter {

    private static final String BROKER = "The broker";
    private static final String DATABASE = "The database";
    private static final Duration REPORT_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(FailureReporter.class);

    private static final class Outage {
        final Instant since;
        final SortedSet<String> affected = new TreeSet<>();
        int failures;
        boolean reported;

        Outage(Instant since) {
            this.since = since;
        }

        Duration lasting(Instant now) {
            return Duration.between(since, now).truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private record LastReport(Instant at, Class<?> type) {}

    private final InstantSource clock;
    private final Duration reportEvery;
    private final Map<String, Outage> outages = new HashMap<>();
    private final Map<String, LastReport> lastReports = new HashMap<>();

    public FailureReporter(InstantSource clock) {
        this(clock, REPORT_EVERY);
    }

    FailureReporter(InstantSource clock, Duration reportEvery) {
        this.clock = clock;
        this.reportEvery = reportEvery;
    }

    Instant now() {
        return clock.instant();
    }

    /** A component has failed; it backs off and tries again. */
    public synchronized void failed(String component, Throwable failure) {
        String shared = unavailable(component, failure);
        String resource = shared == null ? component : shared;
        Instant now = clock.instant();
        Outage outage = outages.computeIfAbsent(resource, each -> new Outage(now));
        outage.affected.add(component);
        outage.failures++;
        LastReport last = lastReports.get(resource);
        boolean isNew = last == null || shared == null && last.type() != failure.getClass();
        if (isNew || !now.isBefore(last.at().plus(reportEvery))) {
            outage.reported = true;
            lastReports.put(resource, new LastReport(now, failure.getClass()));
            report(shared, outage, failure, outage.lasting(now));
        }
    }

    private void report(@Nullable String shared, Outage outage, Throwable failure, Duration lasting) {
        if (shared == null) {
            log.error(
                    "{} has failed unexpectedly, {} time(s) in {}. It is retried with growing pauses; what was not completed"
                            + " is repeated.",
                    outage.affected.first(),
                    outage.failures,
                    lasting,
                    failure);
        } else if (outage.failures == 1) {
            log.warn(
                    "{} is unavailable for {}. It is retried with growing pauses; nothing is lost. Cause: {}",
                    shared,
                    outage.affected.first(),
                    describe(failure));
        } else {
            log.warn(
                    "{} has been unavailable for {} and {} failure(s), for {}. Last cause: {}",
                    shared,
                    lasting,
                    outage.failures,
                    outage.affected,
                    describe(failure));
        }
    }

    /** A component that has failed before succeeds again. Does nothing if it has not failed. */
    public synchronized void recovered(String component) {
        Instant now = clock.instant();
        outages.entrySet().removeIf(each -> {
            Outage outage = each.getValue();
            boolean over = outage.affected.contains(component);
            if (over && outage.reported) {
                log.info(
                        "{} works again after {} and {} failure(s).",
                        each.getKey(),
                        outage.lasting(now),
                        outage.failures);
            }
            return over;
        });
    }

    /** A component is not tried any more. */
    public synchronized void forget(String component) {
        outages.values().removeIf(each -> each.affected.remove(component) && each.affected.isEmpty());
    }

    private static @Nullable String unavailable(String component, Throwable failure) {
        if (TransientFailures.isOfDatabase(failure)) {
            return DATABASE;
        }
        if (TransientFailures.isOfTopic(failure)) {
            return "The topic of " + component;
        }
        return TransientFailures.isOfBroker(failure) ? BROKER : null;
    }

    private static String describe(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }
}
