package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.servers.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What holds when the broker's process is killed and started again. */
interface CrashScenarios extends InScenario {

    /** Accepted and not yet read when the broker is killed, so that there is something to lose. */
    int BACKLOG = 200;

    @Test
    default void a_crash_in_the_middle_of_a_run_loses_nothing_accepted() {
        Scenario s = scenario();
        TestServer server = durableServer(s);
        s.declare(s.group("g"));
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        AtomicBoolean enough = new AtomicBoolean();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "sender-" + i;
            senders.add(CompletableFuture.runAsync(
                    () -> sendUntil(enough, s, name, accepted), task -> new Thread(task, name).start()));
        }
        Reader reader = s.reader(s.group("g"), 50);
        readUntil(s, reader, () -> reader.received().size() >= 300);
        await().atMost(recovery(s))
                .until(() -> accepted.size() >= reader.received().size() + BACKLOG);

        s.crash(server);
        server.restart();

        int before = accepted.size();
        readUntil(s, reader, () -> accepted.size() >= before + 300);
        enough.set(true);
        senders.forEach(CompletableFuture::join);
        readUntil(s, reader, () -> Set.copyOf(textsOf(reader.received())).containsAll(accepted));
    }

    @Test
    default void what_was_accepted_survives_a_crash() {
        Scenario s = scenario();
        TestServer server = durableServer(s);
        s.declare(s.group("g"));
        s.sendBatch(numbers(1, 100).stream().map(n -> text("k", n)).toList());
        s.crash(server);
        server.restart();

        Reader reader = s.reader(s.group("g"), 50);
        readUntil(s, reader, () -> Set.copyOf(textsOf(reader.received())).containsAll(numbers(1, 100)));
    }

    @Test
    default void what_was_held_and_not_committed_comes_again_after_a_crash() {
        Scenario s = scenario();
        TestServer server = durableServer(s);
        s.declare(s.group("g"));
        s.send("k", numbers(1, 10));
        var holding = s.member(s.group("g"));
        s.receive(holding, 10);
        s.crash(server);
        server.restart();
        holding.close();

        Reader reader = s.reader(s.group("g"), 50);
        readUntil(s, reader, () -> Set.copyOf(textsOf(reader.received())).containsAll(numbers(1, 10)));
    }

    @Test
    default void a_broker_that_is_away_is_told_from_one_that_is_there() {
        Scenario s = scenario();
        TestServer server = s.serverToCrash();
        s.declare(s.group("g"));
        s.broker().ping(Duration.ofSeconds(20));
        s.crash(server);
        try {
            assertThatThrownBy(() -> s.broker().ping(Duration.ofSeconds(2))).isInstanceOf(MessagingException.class);
            assertThatThrownBy(() -> s.send("k", List.of("nobody there"))).isInstanceOf(MessagingException.class);
        } finally {
            server.restart();
        }

        untilItWorks(s, () -> s.broker().ping(Duration.ofSeconds(2)));
        untilItWorks(s, () -> s.send("k", List.of("there again")));
        Reader reader = s.reader(s.group("g"), 10);
        readUntil(s, reader, () -> textsOf(reader.received()).contains("there again"));
    }

    @Test
    default void a_broker_that_is_away_at_the_start_is_found_when_it_comes() {
        Scenario s = scenario();
        TestServer server = s.serverToCrash();
        s.declare(s.group("g"));
        s.crash(server);
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

    /** Clients may give up and come again meanwhile; but no method may block for ever. */
    private static Duration recovery(Scenario s) {
        return s.patience().multipliedBy(2);
    }

    private static TestServer durableServer(Scenario s) {
        TestServer server = s.serverToCrash();
        assumeTrue(s.traits().durable(), "messages are not promised to survive the broker");
        return server;
    }

    /** Sends small batches, each again and again until it is accepted. */
    private static void sendUntil(AtomicBoolean enough, Scenario s, String name, Set<String> accepted) {
        for (int batch = 0; !enough.get(); batch++) {
            List<Message<String, byte[]>> messages = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                messages.add(text(name, name + ":" + (5 * batch + i)));
            }
            untilItWorks(s, () -> s.sendBatch(messages));
            messages.forEach(message -> accepted.add(new String(message.value(), StandardCharsets.UTF_8)));
        }
    }

    private static void untilItWorks(Scenario s, Runnable action) {
        Senders.untilItWorks(recovery(s), action);
    }

    private static void readUntil(Scenario s, Reader reader, BooleanSupplier enough) {
        reader.stepUntil(enough, recovery(s));
    }
}
