package io.orderflow.messaging.payloads;

import io.orderflow.messaging.claimcheck.PayloadStore;
import io.orderflow.messaging.events.SuppressedPublishing;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Payloads in the application's database. What a handler publishes while a message is replayed is not stored, as it is not published ({@link
 * SuppressedPublishing}).
 */
public final class JdbcPayloadStore implements PayloadStore {

    private final JdbcClient jdbc;

    public JdbcPayloadStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public String put(byte[] payload, Instant time) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "A payload of " + payload.length + " bytes, which would travel by reference, was not"
                            + " stored: there is no transaction. Begin one around the call (@Transactional, TransactionTemplate).");
        }
        UUID id = UUID.randomUUID();
        if (!SuppressedPublishing.isActive()) {
            jdbc.sql("insert into messaging_payload (id, payload, kept_from) values (?, ?, greatest(now(), ?))")
                    .params(id, payload, Timestamp.from(time))
                    .update();
        }
        return PATH + id;
    }

    @Override
    public Optional<byte[]> get(String reference) {
        return id(reference)
                .flatMap(id -> jdbc.sql("select payload from messaging_payload where id = ?")
                        .param(id)
                        .query(byte[].class)
                        .optional());
    }

    private static Optional<UUID> id(String reference) {
        try {
            return reference.startsWith(PATH)
                    ? Optional.of(UUID.fromString(reference.substring(PATH.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
