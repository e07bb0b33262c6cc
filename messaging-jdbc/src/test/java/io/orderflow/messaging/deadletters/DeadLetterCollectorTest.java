package io.orderflow.messaging.deadletters;

import static io.orderflow.messaging.deadletters.DeadLetterBench.NOW;
import static io.orderflow.messaging.deadletters.DeadLetterBench.dead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.inbox.InboxCleanup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterCollectorTest {

    private static final String EXCEPTION = "java.lang.IllegalStateException";
    private static final String PLACE = "shop.Stock#take:42";

    private final DeadLetterBench bench = new DeadLetterBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_dead_letter_is_kept_with_its_story_and_its_bytes() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);

        DeadLetter letter = bench.only();
        assertThat(letter.group()).isEqualTo("stock");
        assertThat(letter.topic()).isEqualTo("orders");
        assertThat(letter.messageId()).isEqualTo("m1");
        assertThat(letter.type()).isEqualTo("order.placed.v1");
        assertThat(letter.key()).isEqualTo("key-m1");
        assertThat(letter.exception()).isEqualTo(EXCEPTION);
        assertThat(letter.cause()).isEqualTo(EXCEPTION + ": of m1");
        assertThat(letter.place()).isEqualTo(PLACE);
        assertThat(letter.attempts()).isEqualTo(6);
        assertThat(letter.failures()).isEqualTo(1);
        assertThat(letter.firstFailure()).isEqualTo(NOW.minusSeconds(60));
        assertThat(letter.lastFailure()).isEqualTo(NOW);
        assertThat(letter.state()).isEqualTo(DeadLetterState.WAITING);
        Message<String, byte[]> message = bench.deadLetters.message(letter.id()).orElseThrow();
        assertThat(message.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\":\"m1\"}");
        assertThat(message.headers())
                .isEqualTo(dead("m1", NOW, EXCEPTION, PLACE).headers());
        assertThat(message.timestamp()).isEqualTo(NOW.minusSeconds(90));
    }

    @Test
    void a_dead_letter_names_its_trace_if_it_has_a_valid_one() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Message<String, byte[]> dead = dead("m1", NOW, EXCEPTION, PLACE);
        bench.collect(dead);
        assertThat(bench.only().traceId()).isNull();

        bench.collect(dead.withHeaders(Map.of(
                Headers.TRACE_PARENT,
                "00-" + trace + "-b7ad6b7169203331-01",
                Headers.DEAD_LETTERED_AT,
                NOW.plusSeconds(1).toString())));
        assertThat(bench.only().traceId()).isEqualTo(trace);
    }

    @Test
    void the_same_dead_letter_delivered_twice_changes_nothing() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        assertThat(bench.only().failures()).isEqualTo(1);

        bench.redriving.redrive(bench.only().id(), "ada");
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        assertThat(bench.only().state()).isEqualTo(DeadLetterState.REDRIVEN);
    }

    @Test
    void a_message_that_fails_again_after_a_redrive_counts_up_in_its_row_whatever_the_clock_says() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        bench.redriving.redrive(bench.only().id(), "ada");
        bench.failAgain("m1", NOW.minusSeconds(30));

        DeadLetter letter = bench.only();
        assertThat(letter.failures()).isEqualTo(2);
        assertThat(letter.redriven()).isEqualTo(1);
        assertThat(letter.state()).isEqualTo(DeadLetterState.WAITING);
        assertThat(bench.deadLetters.history(letter.id()))
                .extracting(DeadLetterAction::who, DeadLetterAction::action)
                .containsExactly(tuple("ada", "redriven"), tuple("stock", "failed again"));
    }

    @Test
    void a_later_copy_of_a_discarded_message_waits_again() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        bench.redriving.discard(bench.only().id(), "ada");
        bench.collect("m1", NOW.plusSeconds(5), EXCEPTION, PLACE);
        assertThat(bench.only().state()).isEqualTo(DeadLetterState.WAITING);
    }

    @Test
    void two_different_messages_under_one_id_are_both_kept() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        bench.collect(dead("m1", NOW, EXCEPTION, PLACE).withValue(new byte[] {1}));
        assertThat(bench.deadLetters.count(DeadLetterFilter.all())).isEqualTo(2);
    }

    @Test
    void what_says_nothing_of_its_failure_is_kept_all_the_same() {
        bench.collect(new Message<>(null, null, Map.of(), NOW));
        DeadLetter letter = bench.only();
        assertThat(letter.reason()).isNotBlank();
        assertThat(letter.exception()).isNull();
        assertThat(letter.lastFailure()).isEqualTo(NOW);

        bench.collect(new Message<>(null, null, Map.of(), NOW));
        assertThat(bench.only().failures()).isEqualTo(1);
    }

    @Test
    void what_a_broker_gave_up_by_itself_has_the_brokers_words_for_a_fingerprint() {
        Map<String, String> headers = Map.of(Headers.ID, "m1", Headers.DEAD_LETTER_REASON, "RabbitMQ: delivery_limit");
        bench.collect(new Message<>("k", new byte[] {1}, headers, NOW));
        bench.collect(new Message<>("k", new byte[] {2}, headers, NOW));
        assertThat(bench.deadLetters.byFingerprint(DeadLetterFilter.all()))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.number()).isEqualTo(2);
                    assertThat(each.reason()).isEqualTo("RabbitMQ: delivery_limit");
                });
    }

    @Test
    void nothing_in_a_payload_or_a_header_is_too_strange_to_be_kept() {
        String strange = "a\0b\ud800c\udc00<script>" + "x".repeat(5_000) + "\ud83d\ude00";
        Map<String, String> headers = Map.of(
                Headers.ID,
                "m\0\ud800",
                Headers.TYPE,
                strange,
                Headers.DEAD_LETTER_REASON,
                strange,
                Headers.DEAD_LETTER_CAUSE,
                strange,
                Headers.DEAD_LETTER_PLACE,
                strange,
                Headers.ATTEMPTS,
                "99999999999999999999",
                Headers.FIRST_FAILURE,
                "+1000000000-12-31T23:59:59Z",
                Headers.DEAD_LETTERED_AT,
                "-999999999-01-01T00:00:00Z",
                Headers.REDRIVE,
                "1",
                "x",
                strange);
        byte[] bytes = {0, -1, -2, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 0};
        bench.collect(new Message<>("key\0\ud800", bytes, headers, NOW));

        DeadLetter letter = bench.only();
        assertThat(letter.lastFailure()).isEqualTo(NOW);
        assertThat(letter.attempts()).isZero();
        Message<String, byte[]> message = bench.deadLetters.message(letter.id()).orElseThrow();
        assertThat(message.value()).isEqualTo(bytes);
        assertThat(message.headers()).isEqualTo(headers);
        assertThat(bench.deadLetters.list(
                        new DeadLetterFilter("stock\0", null, strange, null, null, null, null, null, null, null),
                        0,
                        10))
                .isEmpty();
    }

    @Test
    void they_are_found_by_what_is_known_of_them_and_counted_by_fingerprint() {
        for (int i = 0; i < 5; i++) {
            bench.collect("m" + i, NOW.minusSeconds(i), EXCEPTION, i < 3 ? PLACE : "shop.Stock#give:7");
        }
        DeadLetterFilter all = DeadLetterFilter.all();
        assertThat(bench.deadLetters.list(all, 1, 2))
                .extracting(DeadLetter::messageId)
                .containsExactly("m1", "m2");
        List<SimilarDeadLetters> similar = bench.deadLetters.byFingerprint(all);
        assertThat(similar).extracting(SimilarDeadLetters::number).containsExactly(3L, 2L);
        assertThat(similar).extracting(SimilarDeadLetters::place).containsExactly(PLACE, "shop.Stock#give:7");

        assertThat(count("stock", "orders", "order.placed.v1", similar.get(0).fingerprint(), null, null))
                .isEqualTo(3);
        assertThat(count("mail", null, null, null, null, null)).isZero();
        assertThat(count(null, "shipping", null, null, null, null)).isZero();
        assertThat(count(null, null, "order.paid.v1", null, null, null)).isZero();
        assertThat(count(null, null, null, null, NOW.minusSeconds(2), NOW)).isEqualTo(2);
        assertThat(bench.deadLetters.count(all.in(DeadLetterState.DISCARDED))).isZero();
        assertThat(bench.deadLetters.waitingByGroup()).isEqualTo(Map.of("stock", 5L));
    }

    @Test
    void they_are_found_by_key_id_and_text() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        String key = bench.only().key();
        bench.collect("m2", NOW, EXCEPTION, PLACE);

        assertThat(found(key, null, null)).isOne();
        assertThat(found(key, "m1", "m1")).isOne();
        assertThat(found(key, "m2", null)).isZero();
        assertThat(found(key + "0", null, null)).isZero();
        assertThat(found(null, null, "PLACED")).isEqualTo(2); // of the type order.placed.v1
        assertThat(found(null, null, "order_placed")).isZero(); // no wildcard
        assertThat(found(null, null, "%")).isZero();
    }

    private long found(String key, String messageId, String text) {
        return bench.deadLetters.count(
                new DeadLetterFilter(null, null, null, null, null, null, null, key, messageId, text));
    }

    private long count(String group, String topic, String type, String fingerprint, Instant from, Instant to) {
        return bench.deadLetters.count(
                new DeadLetterFilter(group, topic, type, fingerprint, from, to, null, null, null, null));
    }

    /** Another delivery of a message that failed may have succeeded; with its dead letter it could be handled once more. */
    @Test
    void the_inbox_remembers_a_message_for_as_long_as_it_has_a_dead_letter() {
        bench.collect("m1", NOW, EXCEPTION, PLACE);
        bench.jdbc
                .sql("insert into messaging_inbox (consumer_group, message_id, handled_at) values"
                        + " ('stock', 'm1', now() - interval '8 days'), ('stock', 'm2', now() - interval '8 days'),"
                        + " ('mail', 'm1', now() - interval '8 days')")
                .update();
        InboxCleanup cleanup = new InboxCleanup(bench.database, DeadLetterBench.INBOX_RETENTION);

        cleanup.run();
        assertThat(remembered()).containsExactly("stock m1");

        bench.redriving.discard(bench.only().id(), "ada");
        bench.jdbc.sql("delete from messaging_dead_letter").update();
        cleanup.run();
        assertThat(remembered()).isEmpty();
    }

    private List<String> remembered() {
        return bench.jdbc
                .sql("select consumer_group || ' ' || message_id from messaging_inbox")
                .query(String.class)
                .list();
    }

    @Test
    void what_was_resolved_long_ago_is_forgotten_and_nothing_else() {
        for (String id : List.of("old", "young", "waiting")) {
            bench.collect(id, NOW, EXCEPTION, PLACE);
        }
        bench.deadLetters.list(DeadLetterFilter.all(), 0, 10).stream()
                .filter(letter -> !letter.messageId().equals("waiting"))
                .forEach(letter -> bench.redriving.discard(letter.id(), "ada"));
        bench.jdbc
                .sql("update messaging_dead_letter set changed_at = now() - interval '31 days'"
                        + " where message_id <> 'young'")
                .update();

        new DeadLetterCleanup(bench.database, Duration.ofDays(30)).run();

        assertThat(bench.deadLetters.list(DeadLetterFilter.all(), 0, 10))
                .extracting(DeadLetter::messageId)
                .containsExactlyInAnyOrder("young", "waiting");
    }
}
