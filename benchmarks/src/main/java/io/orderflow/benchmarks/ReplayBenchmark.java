package io.orderflow.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.runtime.Replayer;
import io.orderflow.messaging.runtime.Replays;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.servers.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The history of a topic on Kafka, and its replay through the pipeline without a database, beside kafka-clients without a group. */
final class ReplayBenchmark implements Benchmark {

    private static final int MESSAGES = 100_000;
    private static final String GROUP = "bench";
    private static final String TYPE = "order.created.v1";
    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults().withMaxPollMessages(BrokerBenchmark.POLL);

    private record Placed(String id, String what) {}

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        String servers = KafkaServer.find().bootstrapServers();
        Topic topic = Topic.named("replay-" + System.nanoTime());
        try (MessageBroker broker =
                        new KafkaBroker(Map.of("bootstrap.servers", servers), KafkaMessagingProperties.defaults());
                MessageProducer<String, byte[]> producer = broker.producer();
                RawClient raw = new RawKafka(servers)) {
            Replays replays = replays(broker, producer, topic.name());
            broker.declare(topic);
            raw.produce(topic.name(), events());
            Measured rawReading = () -> readRaw(servers, topic);
            Ratio history = rounds.compare(() -> read(broker, topic), rawReading);
            Ratio replay = rounds.compare(() -> replay(replays, topic), rawReading);
            raw.drop(topic.name(), GROUP);
            return List.of(
                    Line.compared("replay: history", history, BrokerBenchmark.BAR),
                    Line.compared("replay: through the pipeline", replay, BrokerBenchmark.BAR));
        }
    }

    private static List<Message<String, byte[]>> events() {
        String what = "x".repeat(Load.PAYLOAD_BYTES);
        return Load.messages(MESSAGES).stream()
                .map(each -> each.withValue(
                        ("{\"id\":\"" + each.key() + "\",\"what\":\"" + what + "\"}").getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static double read(MessageBroker broker, Topic topic) {
        Reading reading = new Reading(MESSAGES);
        try (MessageHistory history = broker.history(topic, HistoryStart.BEGINNING, OPTIONS)) {
            for (List<Delivery<String, byte[]>> next = history.next(); !next.isEmpty(); next = history.next()) {
                reading.add(next.size());
            }
        }
        return complete(reading);
    }

    private static Replays replays(MessageBroker broker, MessageProducer<String, byte[]> producer, String topic) {
        EventSubscription subscription = EventSubscription.of(topic, GROUP)
                .on(Placed.class, TYPE, (placed, context) -> {})
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .reading(OPTIONS)
                .replayable();
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(producer),
                PipelineFeatures.NONE,
                new SimpleMeterRegistry(),
                InstantSource.system());
        return new Replays(Brokers.only(broker), new TopicCatalog(Map.of()), pipeline, List.of(subscription));
    }

    private static double replay(Replays replays, Topic topic) throws Exception {
        Reading reading = new Reading(MESSAGES);
        try (Replayer replayer = replays.open(topic.name(), GROUP, HistoryStart.BEGINNING, GROUP)) {
            long before = 0;
            while (replayer.next(() -> {})) {
                reading.add((int) (replayer.handled() - before));
                before = replayer.handled();
            }
        }
        return complete(reading);
    }

    private static double complete(Reading reading) {
        if (reading.wantsMore()) {
            throw new IllegalStateException("The history ended before all messages were read.");
        }
        return reading.perSecond();
    }

    private static double readRaw(String servers, Topic topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                BrokerBenchmark.POLL);
        Reading reading = new Reading(MESSAGES);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (reading.wantsMore()) {
                reading.add(consumer.poll(Duration.ofSeconds(1)).count());
            }
        }
        return reading.perSecond();
    }
}
