package io.orderflow.messaging.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes an outage of something that all messages need from failures of single messages. An immutable value, without
 * logging or time of its own.
 *
 * <p>A failure belongs to an outage
 *
 * <ul>
 *   <li>if it is a transient failure of the database or the network;
 *   <li>if {@value #SEVERAL} different keys failed with the same fingerprint, without a success in between;
 *   <li>while an outage lasts, if it has the fingerprint of the failure that began it.
 * </ul>
 *
 * Otherwise it is its message's own, however often one key fails. A message that had failed before the last success is a
 * suspect: its unknown failures are not counted, and a failure of the network must hit several keys. A success ends an outage.
 *
 * @param failing the keys that failed since the last success, by fingerprint, with the time
 * @param lastSuccess when a message was last handled; null before the first
 * @param outage the current outage; null if there is none
 */
record OutageDetector(
        Map<Fingerprint, Map<String, Instant>> failing,
        @Nullable Instant lastSuccess,
        @Nullable Outage outage) {

    /** How many different keys must fail alike. */
    static final int SEVERAL = 3;

    /** Failures further apart are unrelated. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Bounds the memory for failures that are all different. */
    private static final int MOST_FINGERPRINTS = 20;

    static final OutageDetector NOTHING_SEEN = new OutageDetector(Map.of(), null, null);

    /** Where a failure comes from. */
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
     * What is observed of a failure.
     *
     * @param key of the message
     * @param firstFailure when this message failed first; null if it did now
     */
    record Symptom(
            String key,
            Fingerprint fingerprint,
            Fault fault,
            @Nullable Instant firstFailure,
            Instant time) {}

    /**
     * An outage.
     *
     * @param failures how many there were since it began
     */
    record Outage(Fingerprint fingerprint, Instant since, int failures) {}

    /** Whether the failure belongs to an outage, and not to its message. */
    boolean isOutage(Symptom symptom) {
        return symptom.fault() == Fault.DATABASE
                || symptom.fault() == Fault.NETWORK && (!isSuspect(symptom) || outage != null)
                || outage != null && outage.fingerprint().equals(symptom.fingerprint())
                || observed(symptom)
                                .getOrDefault(symptom.fingerprint(), Map.of())
                                .size()
                        >= SEVERAL;
    }

    /** The state after a failure. */
    OutageDetector failed(Symptom symptom) {
        return new OutageDetector(observed(symptom), lastSuccess, isOutage(symptom) ? longer(symptom) : outage);
    }

    /** The state after a success. */
    OutageDetector succeeded(Instant now) {
        return new OutageDetector(Map.of(), now, null);
    }

    private boolean isSuspect(Symptom symptom) {
        return lastSuccess != null
                && symptom.firstFailure() != null
                && symptom.firstFailure().isBefore(lastSuccess);
    }

    private Outage longer(Symptom symptom) {
        return outage == null
                ? new Outage(symptom.fingerprint(), symptom.time(), 1)
                : new Outage(symptom.fingerprint(), outage.since(), outage.failures() + 1);
    }

    private Map<Fingerprint, Map<String, Instant>> observed(Symptom symptom) {
        if (isSuspect(symptom) && symptom.fault() == Fault.UNKNOWN) {
            return failing;
        }
        Map<Fingerprint, Map<String, Instant>> more = new LinkedHashMap<>(failing);
        Map<String, Instant> keys = new LinkedHashMap<>(more.getOrDefault(symptom.fingerprint(), Map.of()));
        keys.values().removeIf(time -> time.isBefore(symptom.time().minus(WINDOW)));
        if (keys.size() < SEVERAL || keys.containsKey(symptom.key())) {
            keys.put(symptom.key(), symptom.time());
        }
        more.put(symptom.fingerprint(), keys);
        if (more.size() > MOST_FINGERPRINTS) {
            more.remove(more.keySet().iterator().next());
        }
        return more;
    }
}
