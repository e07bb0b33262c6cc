package io.orderflow.order.usecases;

import java.time.Instant;
import java.util.Optional;

/** The responses to requests that carried an idempotency key. */
public interface StoredResponses {

    /**
     * A response that can be repeated.
     *
     * @param status the HTTP status
     * @param location the path of the created resource
     * @param body JSON
     */
    record Response(int status, String location, String body) {}

    /**
     * A response with the key and the fingerprint of its request.
     *
     * @param key the idempotency key, chosen by the client
     * @param fingerprint equal for equal requests
     */
    record Entry(String key, String fingerprint, Response response, Instant storedAt) {}

    /** Locks the key until the current transaction ends. Does not wait: returns false if another transaction has it. */
    boolean tryLock(String key);

    Optional<Entry> find(String key);

    /** Stores an entry with the current transaction, and replaces an older one of its key. */
    void save(Entry entry);

    void deleteOlderThan(Instant time);
}
