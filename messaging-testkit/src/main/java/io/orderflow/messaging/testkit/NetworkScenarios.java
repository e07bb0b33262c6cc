package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Guarantees when the network to the broker fails. */
interface NetworkScenarios extends InScenario {

    /** A failed network is detected within this time, by both sides. */
    Duration NOTICED = Duration.ofSeconds(30);

    /** A broker may need some more time to deliver the messages of a silent member to another one. */
    Duration MEMBER_TIMEOUT = Duration.ofSeconds(8);

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void a_producer_detects_an_unresponsive_network_within_30_seconds_and_recovers() {
        Scenario s = scenarioWithGroup();
        TcpProxy network = s.faults().network();
        MessageBroker behind = s.faults().connectThrough(network);
        MessageProducer<String, byte[]> producer = s.newProducer(behind);
        producer.send(s.topic(), text("k", "before"));

        network.blackhole();

        long start = System.nanoTime();
        assertThatThrownBy(() -> producer.send(s.topic(), text("k", "no response")))
                .isInstanceOf(MessagingException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
        assertThatThrownBy(() -> behind.ping(Duration.ofSeconds(2))).isInstanceOf(MessagingException.class);
        network.heal();
        SenderThreads.untilItWorks(s.patience(), () -> producer.send(s.topic(), text("k", "after")));
        Reader reader = s.reader(s.group("g"), 10);
        reader.stepUntil(() -> textsOf(reader.received()).contains("after"), s.patience());
        assertThat(textsOf(reader.received())).contains("before");
    }

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void messages_of_a_disconnected_member_go_to_another_one_within_30_seconds() {
        Scenario s = scenarioWithGroup();
        TcpProxy network = s.faults().network();
        MessageBroker behind = s.faults().connectThrough(network);
        s.send("k", numbers(1, 10));
        var options =
                ConsumerOptions.defaults().withMemberTimeout(MEMBER_TIMEOUT).withPollHandling(MEMBER_TIMEOUT);
        var disconnected = s.member(behind, s.group("g"), options, s.topic());
        s.receive(disconnected, 10);

        network.blackhole();

        long start = System.nanoTime();
        Reader other = s.reader(s.broker(), s.group("g"), options);
        other.stepUntil(() -> textsOf(other.received()).containsAll(numbers(1, 10)), NOTICED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
        disconnected.close();
    }

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void a_member_detects_an_unresponsive_network_within_30_seconds_and_recovers() {
        Scenario s = scenarioWithGroup();
        TcpProxy network = s.faults().network();
        MessageBroker behind = s.faults().connectThrough(network);
        var options =
                ConsumerOptions.defaults().withMemberTimeout(MEMBER_TIMEOUT).withPollHandling(MEMBER_TIMEOUT);
        Reader reader = s.reader(behind, s.group("g"), options);
        s.send("k", numbers(1, 5));
        reader.stepUntil(() -> textsOf(reader.received()).containsAll(numbers(1, 5)), s.patience());

        network.blackhole();
        s.send("k", numbers(6, 10));
        long longest = 0;
        for (long start = System.nanoTime(), now = start; now - start < MEMBER_TIMEOUT.toNanos(); ) {
            reader.step();
            longest = Math.max(longest, System.nanoTime() - now);
            now = System.nanoTime();
        }
        network.heal();

        assertThat(Duration.ofNanos(longest))
                .as("the longest step without a response")
                .isLessThan(NOTICED);
        reader.stepUntil(() -> textsOf(reader.received()).containsAll(numbers(1, 10)), NOTICED);
    }

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void connection_resets_lose_no_accepted_message() {
        loseNothing((network, senders) -> {
            for (int i = 1; i <= 5; i++) {
                senders.awaitAccepted(i * 100);
                network.reset();
            }
        });
    }

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void connections_closed_within_a_message_lose_no_accepted_message() {
        loseNothing((network, senders) -> {
            for (int i = 1; i <= 5; i++) {
                senders.awaitAccepted(i * 100);
                int before = network.cuts();
                network.cutAfter(997L * i);
                await().until(() -> network.cuts() > before);
                network.heal();
            }
        });
    }

    @Test
    @ResourceLock(BrokerConformance.NETWORK)
    default void a_slow_network_causes_no_failure() {
        Scenario s = scenarioWithGroup();
        TcpProxy network = s.faults().network();
        MessageBroker behind = s.faults().connectThrough(network);
        Reader reader = s.reader(behind, s.group("g"), ConsumerOptions.defaults());
        network.delay(Duration.ofMillis(40));
        MessageProducer<String, byte[]> producer = s.newProducer(behind);
        producer.sendBatch(
                s.topic(), numbers(1, 200).stream().map(n -> text("k", n)).toList());

        reader.stepUntil(() -> reader.received().size() >= 200, s.patience());

        assertThat(textsOf(reader.received())).isEqualTo(numbers(1, 200));
    }

    /** Senders and a reader behind a network that fails after certain numbers of messages. */
    private void loseNothing(BiConsumer<TcpProxy, SenderThreads> breaking) {
        Scenario s = scenarioWithGroup();
        TcpProxy network = s.faults().network();
        MessageBroker behind = s.faults().connectThrough(network);
        Reader reader = s.reader(behind, s.group("g"), ConsumerOptions.defaults());
        try (SenderThreads senders = new SenderThreads(s, s.newProducer(behind), 3, 500, 5)) {
            var broken = CompletableFuture.runAsync(
                    () -> breaking.accept(network, senders), task -> new Thread(task, "breaking").start());
            reader.stepUntil(broken::isDone, s.patience().multipliedBy(2));
            broken.join();
            network.heal();
            senders.awaitAll();
            reader.stepUntil(
                    () -> Set.copyOf(textsOf(reader.received())).containsAll(senders.accepted()),
                    s.patience().multipliedBy(2));
        }
    }
}
