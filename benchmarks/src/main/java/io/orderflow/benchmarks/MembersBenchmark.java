package io.orderflow.benchmarks;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** How much more a group handles with more members, where a message takes a while to handle. */
final class MembersBenchmark implements Benchmark {

    private static final int PARTITIONS = 12;
    private static final String GROUP = "bench";
    private static final double OF_LINEAR = 0.9;

    /**
     * What each member does.
     *
     * @param messages for each member, in a round
     * @param poll at most so many messages at once
     */
    private record Work(Duration handling, int messages, int poll) {

        /** A poll of the default size or so. */
        static final Work QUICK = new Work(Duration.ofMillis(1), 1_500, 100);

        /** As the bookings of shipping-service, with a quicker carrier. */
        static final Work SLOW = new Work(Duration.ofMillis(20), 200, 4);
    }

    private final List<Supplier<MessageBroker>> brokers;
    private final UnaryOperator<Topic> kind;
    private final Work work;
    private final List<Integer> members;
    private int topics;

    private MembersBenchmark(
            List<Supplier<MessageBroker>> brokers, UnaryOperator<Topic> kind, Work work, List<Integer> members) {
        this.brokers = brokers;
        this.kind = kind;
        this.work = work;
        this.members = members;
    }

    /** Members that share the partitions of a keyed topic, which the library assigns on Redis. */
    static MembersBenchmark partitionsOnRedis() {
        return new MembersBenchmark(List.of(RedisBenchmark::broker), topic -> topic, Work.QUICK, List.of(2, 4));
    }

    /** Workers that compete for slow tasks. */
    static MembersBenchmark workQueues() {
        return new MembersBenchmark(
                List.of(KafkaBenchmark::broker, RabbitBenchmark::broker, RedisBenchmark::broker),
                Topic::asWorkQueue,
                Work.SLOW,
                List.of(2, 4, 8));
    }

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (Supplier<MessageBroker> each : brokers) {
            try (MessageBroker broker = each.get()) {
                for (int several : members) {
                    String what = String.format(
                            "%s: handling %d ms, %d members beside 1",
                            broker.traits().name(), work.handling().toMillis(), several);
                    Ratio ratio = rounds.compare(() -> handled(broker, several), () -> handled(broker, 1));
                    lines.add(Line.compared(what, ratio, OF_LINEAR * several));
                }
            }
        }
        return lines;
    }

    /** Timed from when every member has a share. */
    private double handled(MessageBroker broker, int members) throws Exception {
        Topic topic = kind.apply(Topic.named("members-" + ++topics + "-" + System.currentTimeMillis())
                .withPartitions(PARTITIONS));
        broker.declare(topic, GROUP);
        List<Message<String, byte[]>> messages = Load.messages(work.messages() * members);
        AtomicIntegerArray counts = new AtomicIntegerArray(members);
        CountDownLatch stop = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(members);
        List<Future<?>> running = new ArrayList<>();
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            for (int member = 0; member < members; member++) {
                int number = member;
                running.add(threads.submit(() -> handle(broker, topic, counts, number, stop)));
            }
            int sent = 0;
            while (!allHaveSome(counts) || sum(counts) < sent) {
                if (sum(counts) == sent) {
                    producer.sendBatch(topic, messages.subList(0, work.poll()));
                    sent += work.poll();
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            producer.sendBatch(topic, messages);
            long start = System.nanoTime();
            while (sum(counts) < sent + messages.size()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return messages.size() * 1e9 / (System.nanoTime() - start);
        } finally {
            stop.countDown();
            for (Future<?> member : running) {
                member.get();
            }
            threads.shutdown();
        }
    }

    private void handle(MessageBroker broker, Topic topic, AtomicIntegerArray counts, int number, CountDownLatch stop) {
        try (MessageConsumer<String, byte[]> consumer =
                broker.consumer(GROUP, ConsumerOptions.defaults().withMaxPollMessages(work.poll()))) {
            consumer.subscribe(List.of(topic));
            while (stop.getCount() > 0) {
                int polled = consumer.poll(Duration.ofMillis(200)).size();
                for (int i = 0; i < polled; i++) {
                    LockSupport.parkNanos(work.handling().toNanos());
                }
                consumer.commit();
                counts.addAndGet(number, polled);
            }
        }
    }

    private static boolean allHaveSome(AtomicIntegerArray counts) {
        for (int i = 0; i < counts.length(); i++) {
            if (counts.get(i) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int sum(AtomicIntegerArray counts) {
        int sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }
}
