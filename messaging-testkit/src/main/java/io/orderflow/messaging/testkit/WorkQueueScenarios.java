package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers compete for the messages of a work queue. */
interface WorkQueueScenarios extends InScenario {

    int PARTITIONS = 2;
    int WORKERS = 4;

    /** More than brokers deliver a message by default that was never acknowledged. */
    int FAILED_WORKERS = 7;

    @Test
    default void more_workers_than_partitions_share_a_work_queue() {
        Scenario s = workQueue();
        List<MessageConsumer<String, byte[]>> workers =
                IntStream.range(0, WORKERS).mapToObj(i -> worker(s)).toList();
        List<List<String>> done =
                workers.stream().<List<String>>map(each -> new ArrayList<>()).toList();
        List<String> sent = new ArrayList<>();
        long deadline = System.nanoTime() + s.patience().toNanos();
        while (System.nanoTime() < deadline && (done.stream().anyMatch(List::isEmpty) || count(done) < sent.size())) {
            if (count(done) == sent.size()) {
                List<String> more = numbers(sent.size() + 1, sent.size() + 2 * WORKERS);
                send(s, more);
                sent.addAll(more);
            }
            for (int i = 0; i < WORKERS; i++) {
                done.get(i).addAll(textsOf(workers.get(i).poll(Scenario.SHORT_POLL)));
            }
            workers.forEach(MessageConsumer::commit);
        }

        assertThat(done).as("messages of each worker").noneMatch(List::isEmpty);
        assertThat(done.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    default void a_task_is_delivered_until_a_worker_commits_it() {
        Scenario s = workQueue();
        send(s, List.of("task"));
        for (int i = 0; i < FAILED_WORKERS; i++) {
            try (MessageConsumer<String, byte[]> failing = worker(s)) {
                assertThat(textsOf(s.receive(failing, 1))).containsExactly("task");
            }
        }
        try (MessageConsumer<String, byte[]> last = worker(s)) {
            assertThat(textsOf(s.receive(last, 1))).containsExactly("task");
            last.commit();
        }
        send(s, List.of("marker"));

        assertThat(textsOf(s.receiveAll(worker(s), 1))).containsExactly("marker");
    }

    @Test
    default void a_group_of_a_work_queue_is_listed_with_its_backlog_and_can_be_removed() {
        Scenario s = workQueue();
        send(s, numbers(1, 5));
        try (MessageConsumer<String, byte[]> worker = worker(s)) {
            assertThat(s.receive(worker, 1)).hasSize(1);
            await().atMost(s.patience()).until(() -> groups(s).stream().anyMatch(GroupBacklog::hasMembers));
        }
        await().atMost(s.patience())
                .untilAsserted(() -> assertThat(groups(s)).singleElement().satisfies(group -> {
                    assertThat(group.group()).isEqualTo(s.group("g"));
                    assertThat(group.messages()).isEqualTo(5);
                    assertThat(group.hasMembers()).isFalse();
                }));

        s.broker().groups().remove(topic(s), s.group("g"));

        assertThat(groups(s)).isEmpty();
    }

    private Scenario workQueue() {
        Scenario s = scenario();
        s.broker().declare(topic(s), s.group("g"));
        return s;
    }

    private static Topic topic(Scenario s) {
        return s.topic().withPartitions(PARTITIONS).asWorkQueue();
    }

    /** Reads the group's retries as well, as subscriptions do. */
    private static MessageConsumer<String, byte[]> worker(Scenario s) {
        Topic retries = Topic.named(Topic.retryOf(topic(s).name(), s.group("g")));
        return s.member(s.group("g"), ConsumerOptions.defaults().withMaxPollMessages(1), topic(s), retries);
    }

    private static void send(Scenario s, List<String> texts) {
        List<Message<String, byte[]>> messages =
                texts.stream().map(each -> Messages.text(each, each)).toList();
        s.producer().sendBatch(topic(s), messages);
    }

    private static int count(List<List<String>> done) {
        return done.stream().mapToInt(List::size).sum();
    }

    private static List<GroupBacklog> groups(Scenario s) {
        return s.broker().groups().of(topic(s), List.of(s.group("g")));
    }
}
