package io.orderflow.messaging.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.crashguard.Quarantine;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Processes that die while they handle messages, on Redis and PostgreSQL, which live on. */
@Execution(ExecutionMode.CONCURRENT)
class DeadlyMessageTest {

    /** In company the first time, then alone; the process after that lives. */
    private static final int DEATHS = 1 + Quarantine.DEFAULT_AFTER;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisServer redis = RedisServer.find();
    private final Handled handled = Handled.inFreshDatabase();
    private final String topic =
            "deadly-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    private final MessageBroker broker = new RedisBroker(
            new LettuceConnectionFactory(redis.host(), redis.port()), RedisMessagingProperties.defaults());

    @AfterEach
    void close() {
        broker.close();
        handled.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void a_message_that_ends_the_process_is_dead_lettered_alone_and_its_neighbours_are_handled_once(UnitOfWork unit) {
        List<Message<String, byte[]>> messages = ordinary(60);
        messages.add(25, Counted.message("key5", HandlingProcess.DEADLY));
        send(messages);

        int deaths = 0;
        boolean through = false;
        while (!through && deaths <= DEATHS) {
            try (HandlingProcess process = HandlingProcess.start(redis, handled, topic, unit)) {
                await().atMost(PATIENCE).until(() -> process.hasEnded() || handled.total() == 60);
                through = !process.hasEnded() && isDeadLettered(process);
                deaths += through ? 0 : 1;
            }
        }
        assertThat(deaths).as("deaths").isEqualTo(DEATHS);
        assertThat(handled.total()).isEqualTo(60);
        assertThat(handled.twice()).isEmpty();
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.message().header(Headers.ID)).isEqualTo("key5-666");
            assertThat(letter.message().header(Headers.DEAD_LETTER_CAUSE)).contains("ended the process 3 times");
        });
    }

    /** The messages around it may all be through before it is the last one's turn. */
    private boolean isDeadLettered(HandlingProcess process) {
        await().atMost(PATIENCE).until(() -> process.hasEnded() || quarantined() == 1);
        return !process.hasEnded();
    }

    @Test
    void killing_a_process_in_the_middle_of_ordinary_work_puts_nothing_into_quarantine() {
        send(ordinary(3_000));
        for (int enough : List.of(200, 600, 1_100)) {
            try (HandlingProcess process = HandlingProcess.start(redis, handled, topic, UnitOfWork.MESSAGE)) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> handled.total() >= enough);
                process.kill();
            }
        }
        try (HandlingProcess process = HandlingProcess.start(redis, handled, topic, UnitOfWork.MESSAGE)) {
            await().atMost(PATIENCE).until(() -> handled.total() >= 3_000);
            assertThat(process.hasEnded()).isFalse();
        }
        assertThat(handled.total()).isEqualTo(3_000);
        assertThat(handled.twice()).isEmpty();
        assertThat(quarantined()).isZero();
        assertThat(deadLetters()).isEmpty();
    }

    private long quarantined() {
        return handled.jdbc()
                .sql("select count(*) from messaging_handled_alone where quarantined")
                .query(Long.class)
                .single();
    }

    private void send(List<Message<String, byte[]>> messages) {
        broker.declare(Topic.named(topic), HandlingProcess.GROUP);
        broker.declare(Topic.named(Topic.deadLettersOf(topic, HandlingProcess.GROUP)), "dead-letters");
        broker.producer().sendBatch(Topic.named(topic), messages);
    }

    private static List<Message<String, byte[]>> ordinary(int number) {
        return new ArrayList<>(IntStream.range(0, number)
                .mapToObj(i -> Counted.message("key" + i % 10, 1_000 + i))
                .toList());
    }

    private List<Delivery<String, byte[]>> deadLetters() {
        try (MessageConsumer<String, byte[]> people = broker.consumer("dead-letters", ConsumerOptions.defaults())) {
            people.subscribe(List.of(Topic.named(Topic.deadLettersOf(topic, HandlingProcess.GROUP))));
            return people.poll(Duration.ofSeconds(3));
        }
    }
}
