package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Messages with a time to live. */
interface ExpiryScenarios extends InScenario {

    String TYPE = "conformance.offer.v1";

    @Test
    default void an_expired_message_is_dead_lettered_and_not_handled() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.sendBatch(List.of(
                offer("expired", Duration.ofMinutes(-1)),
                offer("valid", Duration.ofHours(1)),
                Messages.text("k", "\"for ever\"").withHeader(Headers.TYPE, TYPE)));
        List<String> handled = new CopyOnWriteArrayList<>();

        s.consume(EventSubscription.of(s.topic().name(), s.group("g"))
                .on(String.class, TYPE, (offer, context) -> handled.add(offer)));

        await().atMost(s.patience()).until(() -> handled.contains("for ever"));
        assertThat(handled).containsExactly("valid", "for ever");
        Topic deadLetters = Topic.named(Topic.deadLettersOf(s.topic().name(), s.group("g")));
        List<Delivery<String, byte[]>> dead =
                s.receive(s.member("dead-letters", ConsumerOptions.defaults(), deadLetters), 1);
        assertThat(textsOf(dead)).containsExactly("\"expired\"");
        assertThat(dead.get(0).message().header(Headers.DEAD_LETTER_REASON)).isEqualTo("expired");
        assertThat(dead.get(0).message().header(Headers.ATTEMPTS)).isEqualTo("1");
    }

    private static Message<String, byte[]> offer(String name, Duration timeToLive) {
        return Messages.text("k", "\"" + name + "\"")
                .withHeader(Headers.TYPE, TYPE)
                .withHeader(Headers.EXPIRES_AT, Instant.now().plus(timeToLive).toString());
    }
}
