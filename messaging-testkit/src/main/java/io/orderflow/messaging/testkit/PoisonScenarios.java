package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventHandler;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Messages that cannot be handled, with the library's consumer loop and policies. */
interface PoisonScenarios extends InScenario {

    String TYPE = "conformance.task.v1";

    record Task(String name) {}

    @Test
    default void a_poison_message_does_not_block_the_next_one() {
        Scenario s = scenario();
        List<Message<String, byte[]>> sent = List.of(
                task("good 1"), json("{\"name\": \"trunc"), task("good 2"), task("fails"), json(""), task("good 3"));
        s.declare(s.group("g"));
        s.sendBatch(sent);
        List<String> handled = new CopyOnWriteArrayList<>();

        s.consume(subscription(s, (task, context) -> {
            if (task.name().equals("fails")) {
                throw new IllegalStateException("never works");
            }
            handled.add(task.name());
        }));

        await().atMost(s.patience()).until(() -> handled.contains("good 3"));
        assertThat(handled).containsExactly("good 1", "good 2", "good 3");
        List<Delivery<String, byte[]>> dead = deadLetters(s, 3);
        assertThat(textsOf(dead)).containsExactly("{\"name\": \"trunc", "{\"name\":\"fails\"}", "");
        assertThat(dead).allSatisfy(deadLetter -> {
            assertThat(deadLetter.message().headers())
                    .containsEntry(Headers.TYPE, TYPE)
                    .containsEntry(Headers.ORIGIN_TOPIC, s.topic().name())
                    .containsEntry(Headers.ORIGIN_GROUP, s.group("g"))
                    .containsKeys(Headers.ID, Headers.DEAD_LETTER_REASON, Headers.DEAD_LETTERED_AT);
            assertThat(deadLetter.message().key()).isEqualTo("k");
        });
        assertThat(dead.get(1).message().header(Headers.DEAD_LETTER_CAUSE)).contains("never works");
        assertThat(dead.get(1).message().header(Headers.ATTEMPTS)).isEqualTo("3");
        assertThat(dead)
                .extracting(deadLetter -> deadLetter.message().header(Headers.ID))
                .containsExactlyElementsOf(List.of(sent.get(1), sent.get(3), sent.get(4)).stream()
                        .map(message -> message.header(Headers.ID))
                        .toList());
    }

    @Test
    default void a_message_that_fails_at_first_is_retried_and_handled() {
        Scenario s = scenarioWithGroup();
        s.sendBatch(List.of(task("unlucky"), task("next")));
        List<String> handled = new CopyOnWriteArrayList<>();

        s.consume(subscription(s, (task, context) -> {
            if (task.name().equals("unlucky") && context.attempt() < 3) {
                throw new IllegalStateException("not yet");
            }
            handled.add(task.name() + " at attempt " + context.attempt());
        }));

        await().atMost(s.patience()).until(() -> handled.size() >= 2);
        assertThat(handled).containsExactlyInAnyOrder("unlucky at attempt 3", "next at attempt 1");
    }

    @Test
    default void the_dead_letters_are_exactly_the_poison_messages() {
        Scenario s = scenarioWithGroup();
        List<Message<String, byte[]>> sent = new ArrayList<>();
        for (String number : numbers(1, 300)) {
            sent.add(number.endsWith("0") ? json("poison " + number) : task(number));
        }
        s.sendBatch(sent);
        List<String> handled = new CopyOnWriteArrayList<>();

        s.consume(subscription(s, (task, context) -> handled.add(task.name())));

        List<String> good =
                numbers(1, 300).stream().filter(n -> !n.endsWith("0")).toList();
        await().atMost(s.patience()).until(() -> Set.copyOf(handled).size() >= good.size());
        assertThat(new ArrayList<>(new LinkedHashSet<>(handled)))
                .as("in the order in which they were first handled")
                .isEqualTo(good);
        assertThat(textsOf(deadLetters(s, 30)))
                .isEqualTo(numbers(1, 30).stream().map(n -> "poison " + n + "0").toList());
    }

    private static EventSubscription subscription(Scenario s, EventHandler<Task> handler) {
        return EventSubscription.of(s.topic().name(), s.group("g"))
                .on(Task.class, TYPE, handler)
                .retrying(RetryPolicy.defaults().maxAttempts(3).pausing(Duration.ofMillis(1), Duration.ofMillis(10)));
    }

    private static List<Delivery<String, byte[]>> deadLetters(Scenario s, int number) {
        Topic topic = Topic.named(Topic.deadLettersOf(s.topic().name(), s.group("g")));
        return s.receiveAll(s.member("dead-letters", ConsumerOptions.defaults(), topic), number);
    }

    private static Message<String, byte[]> task(String name) {
        return json("{\"name\":\"" + name + "\"}");
    }

    private static Message<String, byte[]> json(String payload) {
        return Messages.text("k", payload).withHeader(Headers.TYPE, TYPE);
    }
}
