package io.orderflow.messaging.deadletters;

import static io.orderflow.messaging.deadletters.DeadLetterBench.MAX_REDRIVES;
import static io.orderflow.messaging.deadletters.DeadLetterBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.outbox.HeadersJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedrivingTest {

    private final DeadLetterBench bench = new DeadLetterBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_redrive_goes_to_the_groups_own_topic_as_if_it_had_never_been_attempted() {
        long id = collected("m1");
        assertThat(bench.redriving.redrive(id, "ada")).isEqualTo(Decision.DONE);

        Map<String, Object> row = bench.jdbc
                .sql("select topic, headers::text, convert_from(value, 'UTF8') as value,"
                        + " convert_from(message_key, 'UTF8') as key, made_at from messaging_outbox")
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("topic", "orders.stock.retry")
                .containsEntry("value", "{\"id\":\"m1\"}")
                .containsEntry("key", "key-m1")
                .containsEntry("made_at", NOW.minusSeconds(90).toEpochMilli());
        assertThat(HeadersJson.read((String) row.get("headers")))
                .containsOnlyKeys(Headers.ID, Headers.TYPE, Headers.REDRIVE)
                .containsEntry(Headers.ID, "m1");
    }

    @Test
    void many_who_redrive_one_dead_letter_at_once_redrive_it_once() throws Exception {
        long id = collected("m1");
        ExecutorService operators = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Decision>> attempts = IntStream.range(0, 8)
                    .<Callable<Decision>>mapToObj(i -> () -> bench.redriving.redrive(id, "operator-" + i))
                    .toList();
            Map<Decision, Long> decisions = operators.invokeAll(attempts).stream()
                    .map(RedrivingTest::result)
                    .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
            assertThat(decisions).isEqualTo(Map.of(Decision.DONE, 1L, Decision.NOT_WAITING, 7L));
        } finally {
            operators.shutdownNow();
        }
        assertThat(bench.outboxRows()).isEqualTo(1);
        assertThat(bench.deadLetters.history(id)).hasSize(1);
    }

    @Test
    void what_stays_poison_is_refused_after_so_many_redrives_and_can_be_discarded() {
        long id = collected("m1");
        for (int i = 1; i <= MAX_REDRIVES; i++) {
            assertThat(bench.redriving.redrive(id, "ada")).isEqualTo(Decision.DONE);
            bench.failAgain("m1", NOW.plusSeconds(i));
        }

        assertThat(bench.redriving.redrive(id, "ada")).isEqualTo(Decision.LIMIT_REACHED);
        assertThat(bench.only().failures()).isEqualTo(1 + MAX_REDRIVES);
        assertThat(bench.outboxRows()).isEqualTo(MAX_REDRIVES);
        assertThat(bench.redriving.discard(id, "ada")).isEqualTo(Decision.DONE);
        assertThat(bench.redriving.discard(id, "bob")).isEqualTo(Decision.NOT_WAITING);
        assertThat(bench.redriving.redrive(id, "bob")).isEqualTo(Decision.NOT_WAITING);
    }

    /** As on Kafka, when the collector's offsets are lost: the letter comes once more, and nobody remembers that it is done. */
    @Test
    void a_letter_that_was_redriven_and_forgotten_does_not_come_back_as_new() {
        Instant failed = NOW.minus(DeadLetterBench.INBOX_RETENTION).minusSeconds(1);
        bench.collect("m1", failed, "java.lang.IllegalStateException", "shop.Stock#take:42");
        long id = bench.only().id();

        assertThat(bench.redriving.redrive(id, "ada")).isEqualTo(Decision.POSSIBLY_HANDLED);
        assertThat(bench.outboxRows()).isZero();
        assertThat(bench.only().state()).isEqualTo(DeadLetterState.WAITING);

        assertThat(bench.redriving.redriveAnyway(id, "ada")).isEqualTo(Decision.DONE);
        assertThat(bench.outboxRows()).isEqualTo(1);
    }

    @Test
    void a_letter_that_was_collected_in_time_is_redriven_however_old_it_is() {
        bench.collect("m1", NOW.minus(Duration.ofDays(6)), "java.lang.IllegalStateException", "shop.Stock#take:42");
        bench.jdbc
                .sql("update messaging_dead_letter set last_failure = last_failure - interval '1 year'")
                .update();

        assertThat(bench.redriving.redrive(bench.only().id(), "ada")).isEqualTo(Decision.DONE);
    }

    @Test
    void what_nobody_reads_any_more_is_not_sent_where_it_would_be_lost() {
        long id = collected("m1");
        assertThat(bench.redriving(List.of()).redrive(id, "ada")).isEqualTo(Decision.NOBODY_READS);
        assertThat(bench.only().redriven()).isZero();
    }

    @Test
    void an_unknown_id_is_unknown() {
        assertThat(bench.redriving.redrive(4711, "ada")).isEqualTo(Decision.UNKNOWN);
        assertThat(bench.redriving.discard(4711, "ada")).isEqualTo(Decision.UNKNOWN);
    }

    private long collected(String id) {
        bench.collect(id, NOW, "java.lang.IllegalStateException", "shop.Stock#take:42");
        return bench.only().id();
    }

    private static Decision result(Future<Decision> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
