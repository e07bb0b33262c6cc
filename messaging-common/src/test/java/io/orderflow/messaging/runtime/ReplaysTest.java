package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.Replay;
import io.orderflow.messaging.events.SuppressedPublishing;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplaysTest {

    private record Numbered(int number) {}

    private static final String TYPE = "numbered.v1";
    private static final Topic TOPIC = Topic.named("numbers");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final MemoryBroker broker = new MemoryBroker();
    private final List<Integer> handled = new ArrayList<>();
    private final List<Boolean> suppressed = new ArrayList<>();
    private final EventSubscription subscription = EventSubscription.of("numbers", "g")
            .on(Numbered.class, TYPE, (event, context) -> {
                suppressed.add(SuppressedPublishing.isActive());
                if (event.number() == 3) {
                    throw new IllegalArgumentException("three");
                }
                handled.add(event.number());
            })
            .pausing(Duration.ofMillis(1), Duration.ofMillis(1))
            .maxAttempts(2);

    @Test
    void a_message_that_fails_is_counted_and_the_next_one_is_handled() throws Exception {
        sendNumbers(5);

        try (Replayer replayer = open(subscription.replayable())) {
            assertThat(replayer.size()).isEqualTo(5);
            while (replayer.next(() -> {})) {
                assertThat(replayer.handled()).isPositive();
            }
            assertThat(handled).containsExactly(1, 2, 4, 5);
            assertThat(replayer.handled()).isEqualTo(5);
            assertThat(replayer.failed()).isEqualTo(1);
            assertThat(replayer.firstFailure()).contains("id-3 at numbers-").contains("three");
            assertThat(replayer.earliest()).isEqualTo(NOON.plusSeconds(1));
        }
        assertThat(broker.groups().of(Topic.named("numbers.g.dlq"), List.of())).isEmpty();
    }

    @Test
    void handlers_publish_nothing_unless_the_subscription_says_so() throws Exception {
        sendNumbers(1);

        try (Replayer replayer = open(subscription.replayable())) {
            replayer.next(() -> {});
        }
        try (Replayer replayer = open(subscription.replayable(Replay.byItself().publishing()))) {
            replayer.next(() -> {});
        }

        assertThat(suppressed).containsExactly(true, false);
        assertThat(SuppressedPublishing.isActive()).isFalse();
    }

    @Test
    void another_subscription_may_handle_the_replay() throws Exception {
        sendNumbers(2);
        List<Integer> rebuilt = new ArrayList<>();
        EventSubscription through = EventSubscription.of("numbers", "g")
                .on(Numbered.class, TYPE, (event, context) -> rebuilt.add(event.number()));

        try (Replayer replayer = open(subscription.replayable(Replay.through(through)))) {
            assertThat(replayer.next(() -> {})).isTrue();
            assertThat(replayer.next(() -> {})).isFalse();
        }

        assertThat(rebuilt).containsExactly(1, 2);
        assertThat(handled).isEmpty();
    }

    @Test
    void a_subscription_without_the_declaration_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(subscription))
                .withMessage(
                        "The subscription of g on numbers is not replayable: its handlers may repeat effects outside."
                                + " If they repeat none, declare it with EventSubscription.replayable().");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replays(subscription).open("numbers", "other", HistoryStart.BEGINNING, "x"))
                .withMessageContaining("no subscription of group 'other' to topic 'numbers'. It has: g on numbers.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSubscription.broadcasts("prices").replayable())
                .withMessageContaining("broadcasts");
    }

    private Replayer open(EventSubscription of) {
        return replays(of).open("numbers", "g", HistoryStart.BEGINNING, "g-replay");
    }

    private Replays replays(EventSubscription of) {
        TopicCatalog catalog = new TopicCatalog(Map.of());
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(broker.producer()),
                PipelineFeatures.NONE,
                new SimpleMeterRegistry(),
                InstantSource.system());
        return new Replays(Brokers.only(broker), catalog, pipeline, List.of(of));
    }

    private void sendNumbers(int last) {
        for (int number = 1; number <= last; number++) {
            Map<String, String> headers =
                    Map.of(Headers.ID, "id-" + number, Headers.TYPE, TYPE, Headers.SOURCE, "/test");
            byte[] json = ("{\"number\":" + number + "}").getBytes();
            broker.producer().send(TOPIC, new Message<>("k", json, headers, NOON.plusSeconds(number)));
        }
    }
}
