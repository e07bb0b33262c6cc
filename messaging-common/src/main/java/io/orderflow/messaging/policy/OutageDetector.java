package io.orderflow.messaging.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What failures and successes say so far: is it the messages, or something that they all need? A value, decided purely.
 *
 * <p>A failure is an outage's
 *
 * <ul>
 *   <li>if it is a passing fault of the database or the network;
 *   <li>if it is the same as those of {@value #SEVERAL} different keys, with no success since the first of them;
 *   <li>while an outage lasts, if it is the same as the one that began it.
 * </ul>
 *
 * Otherwise it is its message's, however often one key fails. A <em>suspect</em> has failed before others succeeded: its
 * failures say nothing of what the others need. So they do not count, and a passing fault of the network has to hit several
 * of them. Every success ends an outage.
 *
 * @param failing the keys that failed since the last success, by how they failed, with the time
 * @param lastSuccess when a message was last handled; null before the first
 * @param outage the outage that lasts; null while there is none
 */
record OutageDetector(
        Map<Fingerprint, Map<String, Instant>> failing,
        @Nullable Instant lastSuccess,
        @Nullable Outage outage) {

    /** So many different keys are no coincidence. */
    static final int SEVERAL = 3;

    /** Failures that are further apart have nothing to do with each other. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Who fails in more different ways than that is not remembered as failing in the first of them. */
    private static final int MOST_FINGERPRINTS = 20;

    static final OutageDetector NOTHING_SEEN = new OutageDetector(Map.of(), null, null);

    /** How failures are sorted. */
    enum Fault {
        DATABASE,
        NETWORK,
        UNKNOWN;

        static Fault of(Throwable failure) {
            if (TransientFailures.isOfDatabase(failure)) {
                return DATABASE;
            }
            return TransientFailures.isOfNetwork(failure) ? NETWORK : UNKNOWN;
        }
    }

    /**
     * A failure.
     *
     * @param key of the message
     * @param firstFailure when this message failed first; null if it did now
     */
    record Failure(
            String key,
            Fingerprint fingerprint,
            Fault fault,
            @Nullable Instant firstFailure,
            Instant now) {}

    /**
     * Something is away that all messages need.
     *
     * @param failures how many there were since it began
     */
    record Outage(Fingerprint fingerprint, Instant since, int failures) {}

    /** @param outages whether the failure is the outage's, and not its message's */
    record Judgement(OutageDetector next, boolean outages) {}

    Judgement failed(Failure failure) {
        boolean suspect = lastSuccess != null
                && failure.firstFailure() != null
                && failure.firstFailure().isBefore(lastSuccess);
        Map<Fingerprint, Map<String, Instant>> noted =
                suspect && failure.fault() == Fault.UNKNOWN ? failing : with(failure);
        boolean outages = failure.fault() == Fault.DATABASE
                || failure.fault() == Fault.NETWORK && (!suspect || outage != null)
                || outage != null && outage.fingerprint().equals(failure.fingerprint())
                || noted.getOrDefault(failure.fingerprint(), Map.of()).size() >= SEVERAL;
        return new Judgement(new OutageDetector(noted, lastSuccess, outages ? longer(failure) : outage), outages);
    }

    private Outage longer(Failure failure) {
        return outage == null
                ? new Outage(failure.fingerprint(), failure.now(), 1)
                : new Outage(failure.fingerprint(), outage.since(), outage.failures() + 1);
    }

    OutageDetector succeeded(Instant now) {
        return new OutageDetector(Map.of(), now, null);
    }

    private Map<Fingerprint, Map<String, Instant>> with(Failure failure) {
        Map<Fingerprint, Map<String, Instant>> more = new LinkedHashMap<>(failing);
        Map<String, Instant> keys = new LinkedHashMap<>(more.getOrDefault(failure.fingerprint(), Map.of()));
        keys.values().removeIf(time -> time.isBefore(failure.now().minus(WINDOW)));
        if (keys.size() < SEVERAL || keys.containsKey(failure.key())) {
            keys.put(failure.key(), failure.now());
        }
        more.put(failure.fingerprint(), keys);
        if (more.size() > MOST_FINGERPRINTS) {
            more.remove(more.keySet().iterator().next());
        }
        return more;
    }
}
