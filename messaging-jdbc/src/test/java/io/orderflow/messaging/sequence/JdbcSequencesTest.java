package io.orderflow.messaging.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.SequenceNumber;
import io.orderflow.messaging.database.Databases;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSequencesTest {

    private static final HikariDataSource DATABASE = Databases.fresh();
    private static final Subscription SUBSCRIPTION = new Subscription("orders", "mail", 1, ConsumerOptions.defaults());
    private static final Duration AT_ONCE = Duration.ZERO;

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final List<Long> handled = new ArrayList<>();
    private final MessageHandler handler = new InSequence(SUBSCRIPTION, new JdbcSequences(DATABASE))
            .around(delivery -> {
                handled.add(SequenceNumber.of(delivery.message()).orElse(-1));
                return HandlerResult.HANDLED;
            });

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @BeforeEach
    void forgetEverything() {
        jdbc.sql("truncate messaging_sequence").update();
    }

    @Test
    void events_in_order_leave_no_gap() throws Exception {
        comes("effect", 1, 2, 3);

        assertThat(gaps()).isZero();
    }

    @Test
    void what_is_missing_is_a_gap_until_it_is_handled_after_all() throws Exception {
        comes("effect", 1, 2, 5);
        assertThat(gaps()).isEqualTo(1);

        comes("effect", 4);
        assertThat(gaps()).isEqualTo(1);

        comes("effect", 3);
        assertThat(gaps()).isZero();
        assertThat(handled).containsExactly(1L, 2L, 5L, 4L, 3L);
    }

    @Test
    void a_first_event_that_is_not_the_first_shows_that_others_are_missing() throws Exception {
        comes("effect", 2);

        assertThat(gaps()).isEqualTo(1);
    }

    @Test
    void a_gap_is_reported_after_a_grace() throws Exception {
        comes("effect", 1, 3);
        SequenceGaps patient = new SequenceGaps(
                DATABASE, Duration.ofMinutes(5), SequenceGaps.DEFAULT_GAP_RETENTION, SequenceGaps.DEFAULT_RETENTION);
        patient.run();
        assertThat(patient.open()).isZero();

        jdbc.sql("update messaging_sequence set gap_since = gap_since - interval '6 minutes'")
                .update();
        patient.run();
        assertThat(patient.open()).isEqualTo(1);
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void a_second_gap_of_a_key_is_told_again() throws Exception {
        comes("effect", 1, 3);
        gaps();
        comes("effect", 2);
        assertThat(told()).isZero();

        comes("effect", 5);
        gaps();
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void what_was_rolled_back_was_not_handled() throws Exception {
        comes("effect", 1);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    handleUnchecked("effect", 2);
                    throw new IllegalStateException("the commit fails");
                }))
                .isInstanceOf(IllegalStateException.class);
        comes("effect", 3);

        assertThat(gaps()).isEqualTo(1);
    }

    @Test
    void keys_groups_and_sources_are_counted_by_themselves() throws Exception {
        handler.handle(delivery("a", "effect", 1, "/one"));
        handler.handle(delivery("b", "effect", 1, "/one"));
        handler.handle(delivery("a", "effect", 2, "/two"));

        assertThat(gaps()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "-1", "0", "99999999999", "9999999999", "1.5"})
    void a_number_that_is_none_is_not_counted_and_the_event_is_handled(String number) throws Exception {
        Message<String, byte[]> message = new Message<>(
                "key", new byte[0], Map.of(Headers.TYPE, "effect", Headers.SEQUENCE, number), Instant.EPOCH);
        handler.handle(new Delivery<>("orders", message, "0"));

        assertThat(handled).hasSize(1);
        assertThat(rows()).isZero();
    }

    @Test
    void a_key_that_cannot_be_stored_is_not_counted_and_the_event_is_handled() throws Exception {
        handler.handle(delivery("\0", "effect", 1, "/one"));
        handler.handle(delivery("k".repeat(201), "effect", 1, "/one"));
        handler.handle(delivery(null, "effect", 1, "/one"));

        assertThat(handled).hasSize(3);
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 20261121})
    void in_any_order_and_however_often_they_come_nothing_is_missing_in_the_end(long seed) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        IntStream.rangeClosed(1, 60).forEach(number -> numbers.addAll(Collections.nCopies(1 + number % 3, number)));
        Collections.shuffle(numbers, new Random(seed));
        for (int number : numbers) {
            comes("effect", number);
        }

        assertThat(gaps()).isZero();
        assertThat(jdbc.sql("select seen::text from messaging_sequence")
                        .query(String.class)
                        .single())
                .isEqualTo("{[1,61)}");
    }

    @Test
    void of_many_at_once_none_is_forgotten() {
        IntStream.rangeClosed(1, 100)
                .parallel()
                .forEach(number -> transaction.executeWithoutResult(status -> handleUnchecked("effect", number)));

        assertThat(gaps()).isZero();
    }

    @Test
    void a_key_that_goes_on_after_quiet_weeks_misses_nothing() throws Exception {
        comes("effect", 1, 2);
        isQuietFor("30 days");
        assertThat(gaps()).isZero();

        comes("effect", 3);
        assertThat(gaps()).isZero();
    }

    @Test
    void the_gap_of_a_key_that_is_quiet_for_long_is_no_longer_counted_and_not_opened_again_by_the_next_event()
            throws Exception {
        comes("effect", 2);
        isQuietFor("8 days");
        comes("other", 2);
        assertThat(gaps()).isEqualTo(1);

        comes("effect", 3);
        assertThat(gaps()).isEqualTo(1);
        comes("effect", 5);
        assertThat(gaps()).isEqualTo(2);
    }

    @Test
    void what_nothing_has_been_heard_of_for_very_long_is_removed() throws Exception {
        comes("effect", 1, 2);
        isQuietFor("366 days");
        comes("other", 1);
        gaps();

        assertThat(rows()).isEqualTo(1);
    }

    private void isQuietFor(String time) {
        jdbc.sql("update messaging_sequence set updated_at = updated_at - ?::interval")
                .param(time)
                .update();
    }

    private void comes(String type, int... numbers) throws Exception {
        for (int number : numbers) {
            handler.handle(delivery(type.equals("other") ? "other" : "key", type, number, "/one"));
        }
    }

    private void handleUnchecked(String type, int number) {
        try {
            handler.handle(delivery("key", type, number, "/one"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Delivery<String, byte[]> delivery(String key, String type, int number, String source) {
        Map<String, String> headers = new HashMap<>();
        headers.put(Headers.ID, UUID.randomUUID().toString());
        headers.put(Headers.TYPE, type);
        headers.put(Headers.SOURCE, source);
        headers.put(Headers.SEQUENCE, SequenceNumber.text(number));
        return new Delivery<>("orders", new Message<>(key, new byte[0], headers, Instant.EPOCH), "0");
    }

    private static long gaps() {
        SequenceGaps gaps =
                new SequenceGaps(DATABASE, AT_ONCE, SequenceGaps.DEFAULT_GAP_RETENTION, SequenceGaps.DEFAULT_RETENTION);
        gaps.run();
        return gaps.open();
    }

    private long told() {
        return count("select count(*) from messaging_sequence where gap_told");
    }

    private long rows() {
        return count("select count(*) from messaging_sequence");
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
