package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.servers.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Guarantees when the broker's process is killed and started again. */
interface CrashScenarios extends InScenario {

    /** Accepted and not yet read when the broker is killed. */
    int BACKLOG = 200;

    @Test
    @ResourceLock(BrokerConformance.SERVER)
    default void a_crash_under_load_loses_no_accepted_message() {
        Scenario s = scenarioWithGroup();
        TestServer server = s.faults().durableServer();
        try (SenderThreads senders = new SenderThreads(s, s.producer(), 3, Integer.MAX_VALUE, 5)) {
            Reader reader = s.reader(s.group("g"), 50);
            readUntil(s, reader, () -> reader.received().size() >= 300);
            await().atMost(recovery(s))
                    .until(() -> senders.accepted().size() >= reader.received().size() + BACKLOG);

            s.faults().crash(server);
            server.restart();

            int before = senders.accepted().size();
            readUntil(s, reader, () -> senders.accepted().size() >= before + 300);
            senders.close();
            senders.awaitAll();
            readUntil(s, reader, () -> Set.copyOf(textsOf(reader.received())).containsAll(senders.accepted()));
        }
    }

    @Test
    @ResourceLock(BrokerConformance.SERVER)
    default void accepted_messages_survive_a_crash() {
        Scenario s = scenarioWithGroup();
        TestServer server = s.faults().durableServer();
        s.sendBatch(numbers(1, 100).stream().map(n -> text("k", n)).toList());
        s.faults().crash(server);
        server.restart();

        Reader reader = s.reader(s.group("g"), 50);
        readUntil(s, reader, () -> Set.copyOf(textsOf(reader.received())).containsAll(numbers(1, 100)));
    }

    @Test
    @ResourceLock(BrokerConformance.SERVER)
    default void uncommitted_messages_are_delivered_again_after_a_crash() {
        Scenario s = scenarioWithGroup();
        TestServer server = s.faults().durableServer();
        s.send("k", numbers(1, 10));
        var member = s.member(s.group("g"));
        s.receive(member, 10);
        s.faults().crash(server);
        server.restart();
        member.close();

        Reader reader = s.reader(s.group("g"), 50);
        readUntil(s, reader, () -> Set.copyOf(textsOf(reader.received())).containsAll(numbers(1, 10)));
    }

    @Test
    @ResourceLock(BrokerConformance.SERVER)
    default void a_ping_fails_while_the_broker_is_unavailable() {
        Scenario s = scenarioWithGroup();
        TestServer server = s.faults().server();
        s.broker().ping(Duration.ofSeconds(20));
        s.faults().crash(server);
        try {
            assertThatThrownBy(() -> s.broker().ping(Duration.ofSeconds(2))).isInstanceOf(MessagingException.class);
            assertThatThrownBy(() -> s.send("k", List.of("unavailable"))).isInstanceOf(MessagingException.class);
        } finally {
            server.restart();
        }

        untilItWorks(s, () -> s.broker().ping(Duration.ofSeconds(2)));
        untilItWorks(s, () -> s.send("k", List.of("available again")));
        Reader reader = s.reader(s.group("g"), 10);
        readUntil(s, reader, () -> textsOf(reader.received()).contains("available again"));
    }

    @Test
    @ResourceLock(BrokerConformance.SERVER)
    default void a_broker_that_is_unavailable_at_the_start_is_used_once_it_is_available() {
        Scenario s = scenarioWithGroup();
        TestServer server = s.faults().server();
        s.faults().crash(server);
        MessageProducer<String, byte[]> producer;
        try {
            MessageBroker connection = s.newConnection();
            producer = s.newProducer(connection);
            assertThatThrownBy(() -> producer.send(s.topic(), text("k", "too early")))
                    .isInstanceOf(MessagingException.class);
        } finally {
            server.restart();
        }

        untilItWorks(s, () -> producer.send(s.topic(), text("k", "in time")));
        Reader reader = s.reader(s.group("g"), 10);
        readUntil(s, reader, () -> textsOf(reader.received()).contains("in time"));
    }

    /** Includes time-outs of clients. No method may block for ever. */
    private static Duration recovery(Scenario s) {
        return s.patience().multipliedBy(2);
    }

    private static void untilItWorks(Scenario s, Runnable action) {
        SenderThreads.untilItWorks(recovery(s), action);
    }

    private static void readUntil(Scenario s, Reader reader, BooleanSupplier enough) {
        reader.stepUntil(enough, recovery(s));
    }
}
