package io.orderflow.messaging.outbox;

import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does not work at present - a topic, or the database - and when it is tried again. Two lines in the log for each
 * outage, however long: one when it begins and one when it is over. Of what comes and goes all the time, two a minute.
 */
final class Outages {

    /**
     * @param tryAt on the monotonic clock
     * @param told whether the log tells of it
     */
    record Outage(Instant since, String reason, int failures, long tryAt, boolean told) {}

    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final Map<String, Outage> outages = new ConcurrentHashMap<>();
    private final Map<String, Instant> toldAt = new ConcurrentHashMap<>();
    private final String kind;
    private final Backoff backoff;

    /** @param kind of things these are, for the log */
    Outages(String kind, Backoff backoff) {
        this.kind = kind;
        this.backoff = backoff;
    }

    /** Returns how long to pause, in nanoseconds. */
    long failed(String what, Throwable failure) {
        Outage before = outages.get(what);
        int failures = before == null ? 1 : before.failures() + 1;
        long pause =
                backoff.after(failures, ThreadLocalRandom.current()::nextDouble).toNanos();
        String reason = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        Instant now = Instant.now();
        boolean isTold = before != null && before.told();
        boolean tell = !isTold
                && toldAt.getOrDefault(what, Instant.EPOCH).plus(TELL_EVERY).isBefore(now);
        outages.put(
                what,
                new Outage(
                        before == null ? now : before.since(),
                        reason,
                        failures,
                        System.nanoTime() + pause,
                        isTold || tell));
        if (tell) {
            toldAt.put(what, now);
            log.warn(
                    "The outbox cannot use {} {}. Rows wait, nothing is lost; it is tried again, with pauses of up to {} s: {}",
                    kind,
                    what,
                    backoff.longest().toSeconds(),
                    reason);
        }
        return pause;
    }

    void works(String what) {
        Outage over = outages.remove(what);
        if (over != null && over.told()) {
            log.info(
                    "The outbox can use {} {} again, after {} failures since {}.",
                    kind,
                    what,
                    over.failures(),
                    over.since());
        }
    }

    boolean has(String what) {
        return outages.containsKey(what);
    }

    /** Those that are not to be tried yet. */
    List<String> paused() {
        long now = System.nanoTime();
        return outages.entrySet().stream()
                .filter(each -> each.getValue().tryAt() - now > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Nothing waits for any others than these: whether they work now is nobody's business. */
    void keepOnly(Collection<String> those) {
        for (String each : List.copyOf(outages.keySet())) {
            if (!those.contains(each)) {
                Outage over = outages.remove(each);
                if (over != null && over.told()) {
                    log.info(
                            "Nothing waits for {} {} here any more, which the outbox could not use since {}.",
                            kind,
                            each,
                            over.since());
                }
            }
        }
    }

    boolean any() {
        return !outages.isEmpty();
    }

    /** The one that began first, or null. */
    @Nullable
    Outage oldest() {
        return outages.values().stream()
                .min(Comparator.comparing(Outage::since))
                .orElse(null);
    }
}
