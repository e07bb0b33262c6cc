package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.database.StorableText;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.HeadersJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Collects dead letters from the broker into the database. A message has one row a group: a failure after a redrive is counted in
 * it, and the same dead letter delivered twice changes nothing. Nothing is rejected: what cannot be parsed or states no failure is
 * stored all the same.
 *
 * <p>A dead-lettered message may have been handled all the same: by another delivery of it; or after a redrive, if its row has been
 * deleted since and the broker delivers the dead letter again (on Kafka, when the collector's offsets are lost). A redrive repeats
 * neither while the inbox remembers the message. The inbox remembers it while the dead letter has a row, and before that for the
 * inbox's retention. So only a dead letter that is collected later than that after it failed could be repeated: its row is marked,
 * and {@link Redriving} refuses it.
 */
public final class DeadLetterCollector {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterCollector.class);

    /**
     * A known dead letter has failed anew if it carries the id of its last redrive, or states a later failure. Anything else is a second
     * delivery.
     */
    private static final String STORE = """
            insert into messaging_dead_letter as d (
                consumer_group, topic, source, message_id, digest, message_type, message_key, value, headers, made_at,
                reason, cause, exception, place, fingerprint, attempts, first_failure, last_failure, redrive,
                possibly_handled)
            values (:group, :topic, :source, :messageId, :digest, :type, :key, :value, :headers::json, :madeAt,
                :reason, :cause, :exception, :place, :fingerprint, :attempts, :firstFailure, :lastFailure, :redrive,
                :possiblyHandled)
            on conflict (consumer_group, topic, source, message_id, digest) do update set
                headers = excluded.headers, reason = excluded.reason, cause = excluded.cause,
                exception = excluded.exception, place = excluded.place, fingerprint = excluded.fingerprint,
                attempts = excluded.attempts, last_failure = excluded.last_failure,
                failures = d.failures + 1, state = 'WAITING', changed_at = now()
            where (d.state = 'REDRIVEN' and d.redrive = excluded.redrive)
               or (:timeIsStated and d.last_failure < excluded.last_failure)
            returning id, failures
            """;

    private static final String RECORD_FAILURE = """
            insert into messaging_dead_letter_action (dead_letter, who, action) values (?, ?, 'failed again')
            """;

    private record Stored(long id, int failures) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration inboxRetention;
    private final InstantSource clock;

    /**
     * @param inboxRetention how long the inbox remembers handled messages
     */
    public DeadLetterCollector(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Duration inboxRetention,
            InstantSource clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.inboxRetention = inboxRetention;
        this.clock = clock;
    }

    /**
     * Stores dead letters in one transaction. Once it returns, the broker may delete them.
     *
     * @param of the subscription whose dead letters they are
     * @param deliveries as received from its dead-letter topic
     */
    public void collect(Subscription of, List<Delivery<String, byte[]>> deliveries) {
        long stored = Objects.requireNonNull(transaction.execute(status ->
                deliveries.stream().filter(delivery -> store(of, delivery)).count()));
        log.info(
                "{}: {} dead letter(s) collected, {} of them known before",
                of,
                deliveries.size(),
                deliveries.size() - stored);
    }

    private boolean store(Subscription of, Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        MessageId id = MessageId.of(delivery);
        Instant now = clock.instant();
        FailureHistory history = FailureHistory.of(message, now);
        Instant failed = Objects.requireNonNullElse(history.failedAt(), now);
        boolean possiblyHandled = failed.isBefore(now.minus(inboxRetention));
        List<Stored> stored = jdbc.sql(STORE)
                .param("group", of.group())
                .param("topic", of.topic())
                .param("source", id.source())
                .param("messageId", id.id())
                .param("digest", ContentDigest.of(message).bytes())
                .param("type", storable(message.header(Headers.TYPE)))
                .param("key", message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8))
                .param("value", message.value())
                .param("headers", HeadersJson.write(message.headers()))
                .param("madeAt", message.timestamp().toEpochMilli())
                .param("reason", history.reason())
                .param("cause", history.cause())
                .param("exception", history.exception())
                .param("place", history.place())
                .param("fingerprint", history.fingerprint())
                .param("attempts", history.attempts())
                .param(
                        "firstFailure",
                        Objects.requireNonNullElse(history.firstFailure(), failed)
                                .atOffset(ZoneOffset.UTC))
                .param("lastFailure", failed.atOffset(ZoneOffset.UTC))
                .param("redrive", history.redrive())
                .param("timeIsStated", history.failedAt() != null)
                .param("possiblyHandled", possiblyHandled)
                .query(Stored.class)
                .list();
        stored.stream()
                .filter(each -> each.failures() > 1)
                .forEach(each ->
                        jdbc.sql(RECORD_FAILURE).params(each.id(), of.group()).update());
        if (possiblyHandled) {
            stored.stream().filter(each -> each.failures() == 1).forEach(each -> report(of, each.id(), failed));
        }
        return !stored.isEmpty();
    }

    private void report(Subscription of, long deadLetter, Instant failed) {
        log.warn(
                "{}: dead letter {} failed at {} and is collected only now. The inbox remembers for {} (messaging.inbox.retention),"
                        + " so its message may have been handled meanwhile: it is redriven only with anyway=true.",
                of,
                deadLetter,
                failed,
                inboxRetention);
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : StorableText.of(text);
    }
}
