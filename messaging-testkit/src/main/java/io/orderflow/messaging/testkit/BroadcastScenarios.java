package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import io.orderflow.servers.proxy.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Every receiver that is there gets a broadcast; nothing is kept. */
interface BroadcastScenarios extends InScenario {

    @Test
    default void every_receiver_gets_every_broadcast_in_order() {
        Scenario s = broadcasting();
        try (var one = receiver(s, s.broker());
                var other = receiver(s, s.newConnection())) {
            List<Message<String, byte[]>> batch = numbers(1, 100).stream()
                    .map(each -> Messages.text("k", each))
                    .toList();
            s.producer().sendBatch(topic(s), batch);

            assertThat(textsOf(s.receiveAll(one, 100))).isEqualTo(numbers(1, 100));
            assertThat(textsOf(s.receiveAll(other, 100))).isEqualTo(numbers(1, 100));
        }
    }

    @Test
    default void a_broadcast_comes_as_it_was_sent() {
        Scenario s = broadcasting();
        byte[] noText = {0, (byte) 0xff, 10, (byte) 0xc3};
        List<Message<String, byte[]>> sent = new ArrayList<>();
        for (byte[] value : List.of(noText, new byte[0], "{\"sku\": 1.50}".getBytes(StandardCharsets.UTF_8))) {
            sent.add(new Message<>(
                    "käse",
                    value,
                    Map.of(Headers.ID, "1", Headers.TYPE, "t.v1", Headers.CONTENT_TYPE, "application/json", "x-Y", "ä"),
                    Instant.now()));
        }
        sent.add(Messages.bytes(null, null));
        try (var receiver = receiver(s, s.broker())) {
            s.producer().sendBatch(topic(s), sent);

            List<Message<String, byte[]>> received = s.receive(receiver, sent.size()).stream()
                    .map(Delivery::message)
                    .toList();
            assertThat(received).usingRecursiveComparison().isEqualTo(sent);
        }
    }

    @Test
    default void a_receiver_gets_nothing_that_was_sent_before_it_subscribed() {
        Scenario s = broadcasting();
        try (var early = receiver(s, s.broker())) {
            s.producer().send(topic(s), Messages.text("k", "before"));
            assertThat(textsOf(s.receive(early, 1))).containsExactly("before");
            try (var late = receiver(s, s.broker())) {
                s.producer().send(topic(s), Messages.text("k", "after"));

                assertThat(textsOf(s.receiveAll(late, 1))).containsExactly("after");
                assertThat(textsOf(s.receive(early, 1))).containsExactly("after");
            }
        }
    }

    @Test
    default void a_broadcast_without_a_receiver_is_accepted() {
        Scenario s = broadcasting();
        s.producer().send(topic(s), Messages.text("k", "unheard"));
        try (var receiver = receiver(s, s.broker())) {
            s.producer().send(topic(s), Messages.text("k", "heard"));

            assertThat(textsOf(s.receiveAll(receiver, 1))).containsExactly("heard");
        }
    }

    @Test
    default void a_broadcast_with_an_address_reaches_that_receiver_alone() {
        Scenario s = broadcasting();
        try (var one = receiver(s, s.broker(), ConsumerOptions.defaults().withAddress("one"));
                var two = receiver(s, s.broker(), ConsumerOptions.defaults().withAddress("two"));
                var all = receiver(s, s.broker())) {
            s.producer()
                    .sendBatch(
                            topic(s),
                            List.of(
                                    Messages.text("k", "1").withHeader(Headers.ADDRESS, "one"),
                                    Messages.text("k", "2").withHeader(Headers.ADDRESS, "two"),
                                    Messages.text("k", "3")));

            assertThat(textsOf(s.receiveAll(one, 1))).containsExactly("1");
            assertThat(textsOf(s.receiveAll(two, 1))).containsExactly("2");
            assertThat(textsOf(s.receiveAll(all, 1))).containsExactly("3");
        }
    }

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void a_receiver_without_its_network_fails_or_receives_again() {
        Scenario s = broadcasting();
        TcpProxy network = s.faults().network();
        MessageBroker behind = s.faults().connectThrough(network);
        try (var receiver = receiver(s, behind)) {
            s.producer().send(topic(s), Messages.text("k", "before"));
            assertThat(textsOf(s.receive(receiver, 1))).containsExactly("before");
            network.reset();
            network.heal();

            assertThat(hearsOrThrows(s, receiver)).isTrue();
        }
        try (var next = receiver(s, behind)) {
            s.producer().send(topic(s), Messages.text("k", "again"));
            assertThat(textsOf(s.receiveAll(next, 1))).containsExactly("again");
        }
    }

    private static boolean hearsOrThrows(Scenario s, MessageConsumer<String, byte[]> receiver) {
        long deadline = System.nanoTime() + s.patience().toNanos();
        while (System.nanoTime() < deadline) {
            s.producer().send(topic(s), Messages.text("k", "are you there"));
            try {
                if (!receiver.poll(Scenario.SHORT_POLL).isEmpty()) {
                    return true;
                }
            } catch (MessagingException e) {
                return true;
            }
        }
        return false;
    }

    private Scenario broadcasting() {
        Scenario s = scenario();
        assumeTrue(
                s.traits().support(MessagingPattern.BROADCAST) != Support.UNSUPPORTED,
                "the broker carries no broadcasts");
        return s;
    }

    private static Topic topic(Scenario s) {
        return s.topic().asBroadcast();
    }

    private static MessageConsumer<String, byte[]> receiver(Scenario s, MessageBroker from) {
        return receiver(s, from, ConsumerOptions.defaults());
    }

    private static MessageConsumer<String, byte[]> receiver(Scenario s, MessageBroker from, ConsumerOptions options) {
        MessageConsumer<String, byte[]> receiver = from.broadcastConsumer(options);
        receiver.subscribe(List.of(topic(s)));
        return receiver;
    }
}
