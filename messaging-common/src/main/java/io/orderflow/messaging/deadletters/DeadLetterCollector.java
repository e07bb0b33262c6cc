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
                reason, cause, exception, place, fingerprint, attempts, first_failure, last_failure, redrive)
            values (:group, :topic, :source, :messageId, :digest, :type, :key, :value, :headers::json, :madeAt,
                :reason, :cause, :exception, :place, :fingerprint, :attempts, :firstFailure, :lastFailure, :redrive)
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
    private final InstantSource clock;

    /** @param ids identifies a message, the same way as the inbox does */
    public DeadLetterCollector(
            DataSource dataSource, PlatformTransactionManager transactions, MessageIds ids, InstantSource clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.ids = ids;
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
        FailureStory story = FailureStory.of(message, now);
        Instant failed = Objects.requireNonNullElse(story.failedAt(), now);
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
                .query(Kept.class)
                .list();
        kept.stream()
                .filter(each -> each.failures() > 1)
                .forEach(each ->
                        jdbc.sql(NOTE_FAILURE).params(each.id(), of.group()).update());
        return !kept.isEmpty();
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : StorableText.of(text);
    }
}
