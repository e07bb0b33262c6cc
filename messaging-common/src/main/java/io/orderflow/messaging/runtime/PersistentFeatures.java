package io.orderflow.messaging.runtime;

import io.orderflow.messaging.sequence.Sequences;
import org.jspecify.annotations.Nullable;

/**
 * What an application's database remembers of messages. Each part may be missing, and without a database all are.
 *
 * @param idempotentHandling the inbox; without it handling is at least once
 * @param quarantine finds out what ends the process
 * @param sequences remembers the numbers of events
 */
public record PersistentFeatures(
        @Nullable IdempotentHandling idempotentHandling,
        @Nullable Quarantine quarantine,
        @Nullable Sequences sequences) {

    /** Without a database. */
    public static final PersistentFeatures NONE = new PersistentFeatures(null, null, null);
}
