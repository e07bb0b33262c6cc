package io.orderflow.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private final MemoryBroker broker = new MemoryBroker();
    private final List<String> received = new ArrayList<>();

    @Test
    void senders_and_receivers_know_a_channel_and_not_each_other() {
        Channels channels = broker.channels();
        channels.create("temperature");
        channels.create("doors");
        Runnable display = channels.subscribe("temperature", message -> received.add("display " + text(message)));
        Runnable alarm = channels.subscribe("temperature", message -> received.add("alarm " + text(message)));

        channels.publish("temperature", message("21"));
        alarm.run();
        channels.publish("temperature", message("22"));
        channels.publish("doors", message("open"));
        display.run();
        channels.publish("temperature", message("23"));

        assertThat(channels.list()).containsExactly("doors", "temperature");
        assertThat(received).containsExactly("display 21", "alarm 21", "display 22");
    }

    @Test
    void a_channel_is_a_broadcast_topic_of_the_broker() {
        Topic topic = Topic.named("news").asBroadcast();
        broker.channels().create("news");
        broker.channels().subscribe("news", message -> received.add(text(message)));
        try (MessageConsumer<String, byte[]> receiver = broker.broadcastConsumer(ConsumerOptions.defaults())) {
            receiver.subscribe(List.of(topic));

            broker.producer().send(topic, message("sent"));
            broker.channels().publish("news", message("published"));

            assertThat(receiver.poll(Duration.ofSeconds(1)))
                    .extracting(delivery -> text(delivery.message()))
                    .containsExactly("sent", "published");
        }
        assertThat(received).containsExactly("sent", "published");
    }

    @Test
    void a_failing_subscriber_is_reported_to_a_publisher_and_not_to_a_producer() {
        RuntimeException failure = new IllegalStateException("failed");
        Channels channels = broker.channels();
        channels.create("news");
        channels.subscribe("news", message -> {
            throw failure;
        });
        channels.subscribe("news", message -> received.add(text(message)));

        broker.producer().sendBatch(Topic.named("news").asBroadcast(), List.of(message("1"), message("2")));
        assertThat(received).containsExactly("1", "2");

        assertThatThrownBy(() -> channels.publish("news", message("3"))).isSameAs(failure);
        assertThat(received).containsExactly("1", "2", "3");
    }

    @Test
    void a_subscriber_may_use_the_broker() {
        Channels channels = broker.channels();
        channels.create("questions");
        channels.create("answers");
        channels.subscribe("answers", message -> received.add(text(message)));
        channels.subscribe("questions", message -> channels.publish("answers", message("re " + text(message))));

        channels.publish("questions", message("why"));

        assertThat(received).containsExactly("re why");
    }

    @Test
    void what_is_not_created_is_not_used() {
        broker.channels().create("doors");

        assertThatThrownBy(() -> broker.channels().publish("dors", message("open")))
                .isInstanceOf(MessagingException.class)
                .hasMessage("There is no channel 'dors'. Nothing was done. Create it first; there are [doors].");
        assertThatThrownBy(() -> broker.channels().subscribe("dors", message -> {}))
                .isInstanceOf(MessagingException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> broker.channels().create("no name"));
    }

    private static Message<String, byte[]> message(String text) {
        return new Message<>(null, text.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.EPOCH);
    }

    private static String text(Message<String, byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }
}
