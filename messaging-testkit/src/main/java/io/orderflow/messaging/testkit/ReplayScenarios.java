package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.NoHistoryException;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A broker that keeps messages lets them be read again without a group, from a start to the end at the time of opening. */
interface ReplayScenarios extends InScenario {

    @Test
    default void the_history_begins_with_the_first_message_though_every_group_has_read_it() {
        Scenario s = replaying();
        try (MessageConsumer<String, byte[]> live = s.member(s.group("live"), ConsumerOptions.defaults(), kept(s))) {
            send(s, "k", numbers(1, 300));
            s.receive(live, 300);
            live.commit();
            live.poll(Scenario.SHORT_POLL); // brokers delete acknowledged messages while they are polled
        }

        List<Delivery<String, byte[]>> read = read(s, HistoryStart.BEGINNING, 50);

        assertThat(textsOf(read)).isEqualTo(numbers(1, 300));
        assertThat(read)
                .allSatisfy(each -> assertThat(each.topic()).isEqualTo(s.topic().name()));
    }

    @Test
    default void the_history_begins_at_a_time() {
        Scenario s = replaying();
        s.broker().declare(kept(s), s.group("live"));
        send(s, "k", numbers(1, 3));
        Instant time = afterNow(s);
        send(s, "k", numbers(4, 6));

        assertThat(textsOf(read(s, HistoryStart.at(time), 50))).containsExactly("4", "5", "6");
        assertThat(read(s, HistoryStart.at(Instant.now().plusSeconds(60)), 50)).isEmpty();
    }

    @Test
    default void the_history_begins_at_a_position() {
        Scenario s = replaying();
        s.broker().declare(kept(s), s.group("live"));
        send(s, "k", numbers(1, 5));
        String third = read(s, HistoryStart.BEGINNING, 50).get(2).position();

        assertThat(textsOf(read(s, HistoryStart.of(third), 50))).containsExactly("3", "4", "5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(s, HistoryStart.of("elsewhere-0@1"), 50))
                .withMessageContaining("elsewhere-0@1");
    }

    @Test
    default void the_history_ends_where_it_ended_when_it_was_opened() {
        Scenario s = replaying();
        s.broker().declare(kept(s), s.group("live"));
        for (int key = 0; key < 10; key++) {
            send(s, "k" + key, numbers(1, 10));
        }
        List<String> read = new ArrayList<>();
        try (MessageHistory history = open(s, HistoryStart.BEGINNING, 7)) {
            assertThat(history.size()).isEqualTo(100);
            assertThat(history.isTruncated()).isFalse();
            for (List<Delivery<String, byte[]>> next = history.next(); !next.isEmpty(); next = history.next()) {
                assertThat(next).hasSizeLessThanOrEqualTo(7);
                read.addAll(textsOf(next));
                send(s, "k1", List.of("later"));
            }
            assertThat(history.next()).isEmpty();
        }
        assertThat(read).hasSize(100).doesNotContain("later");
    }

    @Test
    default void reading_the_history_moves_no_group() {
        Scenario s = replaying();
        s.broker().declare(kept(s), s.group("live"));
        send(s, "k", numbers(1, 20));
        try (MessageConsumer<String, byte[]> live =
                s.member(s.group("live"), ConsumerOptions.defaults().withMaxPollMessages(5), kept(s))) {
            List<String> received = new ArrayList<>(textsOf(s.receive(live, 5)));
            live.commit();

            assertThat(read(s, HistoryStart.BEGINNING, 50)).hasSize(20);

            received.addAll(textsOf(s.receiveAll(live, 20 - received.size())));
            assertThat(received).isEqualTo(numbers(1, 20));
            live.commit();
        }
        await().atMost(s.patience())
                .untilAsserted(() -> assertThat(s.broker().groups().of(kept(s), List.of(s.group("live"))))
                        .allMatch(each -> each.messages() == 0));
    }

    @Test
    default void a_topic_without_a_history_is_not_replayed() {
        Scenario s = scenario();
        assumeTrue(
                !Set.of("kafka", "memory").contains(s.traits().name()), "the broker keeps the history of every topic");
        s.declare(s.group("live"));

        assertThatExceptionOfType(NoHistoryException.class)
                .isThrownBy(() -> s.broker().history(s.topic(), HistoryStart.BEGINNING, ConsumerOptions.defaults()))
                .withMessageContaining(s.topic().name());
    }

    private Scenario replaying() {
        Scenario s = scenario();
        assumeTrue(
                s.traits().support(MessagingPattern.REPLAY) != Support.UNSUPPORTED,
                "the broker keeps no message that every group has read");
        return s;
    }

    private static Topic kept(Scenario s) {
        return s.topic().keptFor(Duration.ofDays(1));
    }

    private static void send(Scenario s, String key, List<String> texts) {
        s.producer()
                .sendBatch(
                        kept(s),
                        texts.stream().map(each -> Messages.text(key, each)).toList());
    }

    private static MessageHistory open(Scenario s, HistoryStart start, int atOnce) {
        return s.closedLater(
                s.broker().history(kept(s), start, ConsumerOptions.defaults().withMaxPollMessages(atOnce)));
    }

    private static List<Delivery<String, byte[]>> read(Scenario s, HistoryStart start, int atOnce) {
        List<Delivery<String, byte[]>> read = new ArrayList<>();
        try (MessageHistory history = open(s, start, atOnce)) {
            for (List<Delivery<String, byte[]>> next = history.next(); !next.isEmpty(); next = history.next()) {
                read.addAll(next);
            }
        }
        return read;
    }

    /** A time that is after what was sent and before what will be sent; a broker may count in whole milliseconds or seconds. */
    private static Instant afterNow(Scenario s) {
        Instant now = Instant.now();
        Duration step = s.traits().name().equals("rabbitmq") ? Duration.ofSeconds(1) : Duration.ofMillis(2);
        await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(now.plus(step)));
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
