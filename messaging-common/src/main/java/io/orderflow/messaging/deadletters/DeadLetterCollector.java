package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.MessageIds;
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
 * Takes dead letters from the broker into the database. A message has one row for each group, however often it fails: a
 * failure after a redrive counts up in it, and the same dead letter delivered twice changes nothing.
 *
 * <p>Nothing is refused. What cannot be parsed, or tells nothing of its failure, is kept all the same.
 *
 * <p>A message that failed for good can have been handled all the same, because another delivery of it succeeded; and it
 * has been handled if it was redriven and its row has been deleted since, but the broker delivers the dead letter again
 * (on Kafka, when the collector's offsets are lost). A redrive repeats neither while the inbox remembers. From the moment
 * on at which a dead letter has a row the inbox does remember, because its cleanup spares messages that have one. Before
 * that it does for its retention. So only what is collected later than that after it failed could be repeated: its row says
 * so, and {@link Redriving} refuses it.
 */
public final class DeadLetterCollector {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterCollector.class);

    /**
     * A dead letter that is there already failed anew if it carries the name of its last redrive, or says that it was
     * given up later than before. Anything else is a second delivery.
     */
    private static final String KEEP = """
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

    private static final String NOTE_FAILURE = """
            insert into messaging_dead_letter_action (dead_letter, who, action) values (?, ?, 'failed again')
            """;

    private record Kept(long id, int failures) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MessageIds ids;
    private final Duration inboxRetention;
    private final InstantSource clock;

    /**
     * @param ids identifies a message, the same way as the inbox does
     * @param inboxRetention how long the inbox remembers that a message was handled
     */
    public DeadLetterCollector(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            MessageIds ids,
            Duration inboxRetention,
            InstantSource clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.ids = ids;
        this.inboxRetention = inboxRetention;
        this.clock = clock;
    }

    /**
     * Keeps dead letters, all of them in one transaction. Once it returns, the broker may forget them.
     *
     * @param of whose they are: the group and the topic that it reads
     * @param deliveries as they came from its topic of dead letters
     */
    public void collect(Subscription of, List<Delivery<String, byte[]>> deliveries) {
        long kept = Objects.requireNonNull(transaction.execute(status ->
                deliveries.stream().filter(delivery -> keep(of, delivery)).count()));
        log.info(
                "{}: {} dead letter(s) collected, {} of them known already",
                of,
                deliveries.size(),
                deliveries.size() - kept);
    }

    private boolean keep(Subscription of, Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        MessageId id = ids.of(delivery);
        Instant now = clock.instant();
        FailureHistory story = FailureHistory.of(message, now);
        Instant failed = Objects.requireNonNullElse(story.failedAt(), now);
        boolean possiblyHandled = failed.isBefore(now.minus(inboxRetention));
        List<Kept> kept = jdbc.sql(KEEP)
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
                .param("reason", story.reason())
                .param("cause", story.cause())
                .param("exception", story.exception())
                .param("place", story.place())
                .param("fingerprint", story.fingerprint())
                .param("attempts", story.attempts())
                .param(
                        "firstFailure",
                        Objects.requireNonNullElse(story.firstFailure(), failed).atOffset(ZoneOffset.UTC))
                .param("lastFailure", failed.atOffset(ZoneOffset.UTC))
                .param("redrive", story.redrive())
                .param("timeIsStated", story.failedAt() != null)
                .param("possiblyHandled", possiblyHandled)
                .query(Kept.class)
                .list();
        kept.stream()
                .filter(each -> each.failures() > 1)
                .forEach(each ->
                        jdbc.sql(NOTE_FAILURE).params(each.id(), of.group()).update());
        if (possiblyHandled) {
            kept.stream().filter(each -> each.failures() == 1).forEach(each -> report(of, each.id(), failed));
        }
        return !kept.isEmpty();
    }

    private void report(Subscription of, long letter, Instant failed) {
        log.warn(
                "{}: dead letter {} failed at {} and is collected only now. Whether its message was handled meanwhile is not"
                        + " known, because the inbox remembers for {} (messaging.inbox.retention): so it is not redriven"
                        + " unless an operator insists.",
                of,
                letter,
                failed,
                inboxRetention);
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : StorableText.of(text);
    }
}
