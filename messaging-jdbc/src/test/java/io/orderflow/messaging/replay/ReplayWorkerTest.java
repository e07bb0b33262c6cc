package io.orderflow.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.database.Databases;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.ReplayStarted;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.inbox.TransactionalInbox;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.replay.ReplayJob.State;
import io.orderflow.messaging.runtime.Replays;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.supervision.LoopControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ReplayWorkerTest {

    private record Numbered(int number) {}

    private static final String TYPE = "numbered.v1";
    private static final Topic TOPIC = Topic.named("numbers");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final LoopControl LOOP = new LoopControl() {
        @Override
        public boolean isStopping() {
            return false;
        }

        @Override
        public void progress() {}

        @Override
        public void sleep(Duration pause) {}
    };

    private final HikariDataSource database = Databases.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final MemoryBroker broker = new MemoryBroker();
    private final List<ReplayStarted> started = new ArrayList<>();
    private final Replays replays = replays();
    private final ReplayJobs jobs = new ReplayJobs(database, replays, () -> {});
    private final ReplayWorker worker = worker();

    ReplayWorkerTest() {
        jdbc.sql("create table handled (number int)").update();
        send(1, 10);
    }

    @AfterEach
    void close() {
        worker.close();
        database.close();
    }

    @Test
    void a_replay_handles_the_history_and_publishes_nothing() throws Exception {
        UUID id = start(HistoryStart.at(NOON.plusSeconds(4)));
        assertThat(jobs.find(id).orElseThrow().total()).isEqualTo(7);
        steps(1);
        assertThat(started).containsExactly(new ReplayStarted(id, "numbers", "g"));
        assertThat(handled()).isEmpty();
        steps(2);
        assertThat(job(id).handled()).isPositive().isLessThan(7);
        send(11, 12);
        steps(3);

        ReplayJob job = job(id);
        assertThat(job.state()).isEqualTo(State.COMPLETED);
        assertThat(job.handled()).isEqualTo(7);
        assertThat(job.failed()).isZero();
        assertThat(job.firstMessageAt()).isEqualTo(NOON.plusSeconds(4));
        assertThat(job.truncated()).isFalse();
        assertThat(handled()).containsExactly(4, 5, 6, 7, 8, 9, 10);
        assertThat(jdbc.sql("select count(*) from messaging_outbox")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(started).hasSize(1);
    }

    @Test
    void each_replay_has_a_group_of_its_own() throws Exception {
        start(HistoryStart.BEGINNING);
        steps(7);
        start(HistoryStart.BEGINNING);
        steps(7);

        assertThat(handled()).hasSize(20);
        assertThat(started).hasSize(2);
    }

    @Test
    void another_instance_repeats_an_interrupted_run_without_repeating_effects() throws Exception {
        UUID id = start(HistoryStart.BEGINNING);
        steps(2);
        assertThat(handled()).hasSize(3);
        ReplayWorker other = worker();
        other.run(LOOP);
        assertThat(handled())
                .as("while the lease runs, nobody else works on it")
                .hasSize(3);

        jdbc.sql("update messaging_replay set lease_until = now() - interval '1 second'")
                .update();
        for (int i = 0; i < 7; i++) {
            other.run(LOOP);
        }

        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
        assertThat(handled()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(started).hasSize(1);
        steps(5); // the first one goes on, and has lost its lease
        assertThat(job(id).handled()).isEqualTo(10);
        assertThat(handled()).hasSize(10);
    }

    @Test
    void a_failed_round_releases_the_replay() throws Exception {
        UUID id = start(HistoryStart.BEGINNING);
        steps(2);
        worker.reset();
        steps(7);

        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
        assertThat(handled()).hasSize(10);
    }

    @Test
    void a_cancelled_replay_handles_nothing_more() throws Exception {
        UUID id = start(HistoryStart.BEGINNING);
        steps(2);
        assertThat(jobs.cancel(id, "bob")).isTrue();
        assertThat(jobs.cancel(id, "bob")).isFalse();
        worker.reset();
        steps(5);

        assertThat(job(id).state()).isEqualTo(State.CANCELLED);
        assertThat(job(id).endedBy()).isEqualTo("bob");
        assertThat(handled()).hasSize(3);
        start(HistoryStart.BEGINNING);
    }

    @Test
    void a_listener_that_throws_is_called_again() throws Exception {
        UUID id = start(HistoryStart.BEGINNING);
        ReplayWorker failing = new ReplayWorker(database, transactions, replays, event -> {
            throw new IllegalArgumentException("not now");
        });
        assertThatIllegalArgumentException().isThrownBy(() -> failing.run(LOOP));
        failing.reset();
        steps(7);

        assertThat(started).extracting(ReplayStarted::id).containsExactly(id);
        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_subscription_has_one_replay_at_a_time() {
        start(HistoryStart.BEGINNING);

        assertThatIllegalStateException()
                .isThrownBy(() -> start(HistoryStart.BEGINNING))
                .withMessageContaining("A replay of 'numbers' for group 'g' is running");
    }

    private UUID start(HistoryStart start) {
        return jobs.start("numbers", "g", start, "ada").id();
    }

    private ReplayJob job(UUID id) {
        return jobs.find(id).orElseThrow();
    }

    private void steps(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            worker.run(LOOP);
        }
    }

    private List<Integer> handled() {
        return jdbc.sql("select number from handled order by number")
                .query(Integer.class)
                .list();
    }

    private ReplayWorker worker() {
        return new ReplayWorker(database, transactions, replays, started::add);
    }

    private Replays replays() {
        JdbcOutbox outbox = new JdbcOutbox(database, partitions -> {});
        EventSubscription subscription = EventSubscription.of("numbers", "g")
                .on(Numbered.class, TYPE, (event, context) -> {
                    jdbc.sql("insert into handled values (?)")
                            .param(event.number())
                            .update();
                    outbox.add("results", List.of(new Message<>("k", new byte[0], Map.of(), NOON)));
                })
                .unitOfWork(UnitOfWork.POLL)
                .reading(ConsumerOptions.defaults().withMaxPollMessages(3))
                .replayable();
        TransactionalInbox inbox = new TransactionalInbox(
                new TransactionTemplate(transactions), new JdbcInbox(database), new SimpleMeterRegistry());
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(broker.producer()),
                new PipelineFeatures(inbox, null, null, List.of(), List.of()),
                new SimpleMeterRegistry(),
                InstantSource.system());
        return new Replays(Brokers.only(broker), new TopicCatalog(Map.of()), pipeline, List.of(subscription));
    }

    private void send(int from, int to) {
        for (int number = from; number <= to; number++) {
            Map<String, String> headers =
                    Map.of(Headers.ID, "id-" + number, Headers.TYPE, TYPE, Headers.SOURCE, "/test");
            byte[] json = ("{\"number\":" + number + "}").getBytes();
            broker.producer().send(TOPIC, new Message<>("k", json, headers, NOON.plusSeconds(number)));
        }
    }
}
