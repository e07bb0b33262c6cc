package io.orderflow.benchmarks;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
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
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** How much more a group handles with more members, where a message takes a millisecond to handle. */
final class MembersBenchmark implements Benchmark {

    private static final int PARTITIONS = 12;
    private static final int MESSAGES = 3_000;
    private static final int POLL = 100;
    private static final long HANDLING_NANOS = 1_000_000;
    private static final String GROUP = "bench";

    private int topics;

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        RedisServer server = RedisServer.find();
        LettuceConnectionFactory address = new LettuceConnectionFactory(server.host(), server.port());
        try (MessageBroker broker = new RedisBroker(address, RedisMessagingProperties.defaults())) {
            Ratio two = rounds.compare(() -> handled(broker, 2), () -> handled(broker, 1));
            Ratio four = rounds.compare(() -> handled(broker, 4), () -> handled(broker, 1));
            return List.of(
                    Line.compared("redis: handling 1 ms, 2 members beside 1", two),
                    Line.compared("redis: handling 1 ms, 4 members beside 1", four));
        }
    }

    /** Timed from when every member has a share. */
    private double handled(MessageBroker broker, int members) throws Exception {
        String topic = "members-" + ++topics + "-" + System.currentTimeMillis();
        broker.declare(Topic.named(topic).withPartitions(PARTITIONS), GROUP);
        List<Message<String, byte[]>> messages = Load.messages(MESSAGES);
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
                    producer.sendBatch(Topic.named(topic).withPartitions(PARTITIONS), messages.subList(0, POLL));
                    sent += POLL;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            producer.sendBatch(Topic.named(topic).withPartitions(PARTITIONS), messages);
            long start = System.nanoTime();
            while (sum(counts) < sent + MESSAGES) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return MESSAGES * 1e9 / (System.nanoTime() - start);
        } finally {
            stop.countDown();
            for (Future<?> member : running) {
                member.get();
            }
            threads.shutdown();
        }
    }

    private static void handle(
            MessageBroker broker, String topic, AtomicIntegerArray counts, int number, CountDownLatch stop) {
        try (MessageConsumer<String, byte[]> consumer =
                broker.consumer(GROUP, ConsumerOptions.defaults().withMaxPollMessages(POLL))) {
            consumer.subscribe(List.of(Topic.named(topic).withPartitions(PARTITIONS)));
            while (stop.getCount() > 0) {
                int polled = consumer.poll(Duration.ofMillis(200)).size();
                for (int i = 0; i < polled; i++) {
                    LockSupport.parkNanos(HANDLING_NANOS);
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
