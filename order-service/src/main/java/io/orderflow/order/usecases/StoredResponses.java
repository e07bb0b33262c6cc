package io.orderflow.order.usecases;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The responses to requests that carried an idempotency key. */
public interface StoredResponses {

    /**
     * A response that can be repeated.
     *
     * @param status the HTTP status
     * @param location the URI of the resource
     * @param body JSON; empty if there is none
     */
    record Response(int status, @Nullable String location, String body) {

        private static final int FAILURES = 400;

        boolean isFailure() {
            return status >= FAILURES;
        }
    }

    /**
     * A response with the key and the fingerprint of its request.
     *
     * @param key the idempotency key with its caller and endpoint
     * @param fingerprint equal for equal requests; begins with the version of its format and a colon
     */
    record Entry(String key, String fingerprint, Response response, Instant storedAt) {

        /** False if the fingerprints have different formats: an earlier release has stored the response. */
        boolean isOfAnotherRequest(String other) {
            String version = other.substring(0, other.indexOf(':') + 1);
            return fingerprint.startsWith(version) && !fingerprint.equals(other);
        }
    }

    /** Locks the key until the current transaction ends. Does not wait: returns false if another transaction has it. */
    boolean tryLock(String key);

    /** Locks the key until the current transaction ends. Waits while another transaction has it. */
    void lock(String key);

    Optional<Entry> find(String key);

    /** Stores an entry with the current transaction, and replaces an older one of its key. */
    void save(Entry entry);

    void deleteOlderThan(Instant time);
}
