package io.orderflow.messaging.payloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.database.Databases;
import io.orderflow.messaging.events.SuppressedPublishing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcPayloadStoreTest {

    private static final HikariDataSource DATABASE = Databases.fresh();
    private static final byte[] PAYLOAD = "large".getBytes(StandardCharsets.UTF_8);

    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final JdbcPayloadStore store = new JdbcPayloadStore(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void a_payload_is_stored_if_the_transaction_commits() {
        String committed = transaction.execute(status -> store.put(PAYLOAD, Instant.now()));
        String rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return store.put(PAYLOAD, Instant.now());
        });

        assertThat(store.get(committed)).hasValue(PAYLOAD);
        assertThat(store.get(rolledBack)).isEmpty();
    }

    @Test
    void there_is_no_payload_without_a_transaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> store.put(PAYLOAD, Instant.now()))
                .withMessageContaining("there is no transaction");
    }

    @Test
    void other_references_refer_to_nothing() {
        assertThat(store.get("/payloads/" + UUID.randomUUID())).isEmpty();
        assertThat(store.get("/payloads/1")).isEmpty();
        assertThat(store.get("/orders/" + UUID.randomUUID())).isEmpty();
    }

    @Test
    void what_is_published_in_a_replay_is_not_stored() throws Exception {
        AtomicReference<String> reference = new AtomicReference<>();
        transaction.executeWithoutResult(status -> handleInReplay(reference));

        assertThat(reference.get()).startsWith("/payloads/");
        assertThat(store.get(reference.get())).isEmpty();
    }

    private void handleInReplay(AtomicReference<String> reference) {
        try {
            new SuppressedPublishing()
                    .around(deliveries -> reference.set(store.put(PAYLOAD, Instant.now())))
                    .handle(List.of());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_payload_is_deleted_when_its_retention_is_over_which_begins_when_its_event_is_sent() {
        String old = transaction.execute(status -> store.put(PAYLOAD, Instant.now()));
        String scheduled =
                transaction.execute(status -> store.put(PAYLOAD, Instant.now().plus(Duration.ofDays(20))));
        JdbcClient.create(DATABASE)
                .sql("update messaging_payload set kept_from = kept_from - interval '31 days'")
                .update();
        String fresh = transaction.execute(status -> store.put(PAYLOAD, Instant.EPOCH));

        new PayloadCleanup(DATABASE, Duration.ofDays(30)).run();

        assertThat(store.get(old)).isEmpty();
        assertThat(store.get(scheduled)).isPresent();
        assertThat(store.get(fresh)).isPresent();
    }

    @Test
    void a_retention_is_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayloadCleanup(DATABASE, Duration.ZERO))
                .withMessageContaining("messaging.payloads.retention");
    }
}
