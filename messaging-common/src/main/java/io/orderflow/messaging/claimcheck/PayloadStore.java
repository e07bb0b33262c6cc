package io.orderflow.messaging.claimcheck;

import java.time.Instant;
import java.util.Optional;

/** The payloads that this application has published by reference. Thread-safe; the transaction is that of the calling thread. */
public interface PayloadStore {

    /** The start of every reference, which is also the path under which a sender serves the payload. */
    String PATH = "/payloads/";

    /**
     * Stores a payload with the caller's transaction.
     *
     * @param time when its event is sent; it is kept for the retention from then on
     * @return its reference: {@link #PATH} and a UUID
     * @throws IllegalStateException if there is no transaction
     */
    String put(byte[] payload, Instant time);

    /** The payload with this reference; empty if there never was one, or its retention is over. */
    Optional<byte[]> get(String reference);
}
