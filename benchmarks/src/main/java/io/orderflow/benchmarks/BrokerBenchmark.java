package io.orderflow.benchmarks;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;

/** One producer thread, then one consumer thread: through the common interface, beside the raw client. */
final class BrokerBenchmark {

    /** What each poll brings at most, on both sides. */
    static final int POLL = 500;

    static final double BAR = 0.8;

    private static final String GROUP = "bench";

    private final MessageBroker broker;
    private final RawClient raw;
    private final List<Message<String, byte[]>> messages;
    private final int batch;
    private int topics;

    /**
     * @param number how many messages go through in one round: about a second's worth
     * @param batch how many of them we send at once
     */
    BrokerBenchmark(MessageBroker broker, RawClient raw, int number, int batch) {
        this.broker = broker;
        this.raw = raw;
        this.messages = Load.messages(number);
        this.batch = batch;
    }

    List<Line> run(Rounds rounds) throws Exception {
        String name = broker.traits().name();
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            Ratio produced = rounds.compare(
                    () -> produce(topic -> sendInBatches(producer, topic)),
                    () -> produce(topic -> raw.produce(topic, messages)));
            Ratio consumed = rounds.compare(() -> consume(this::pollAll), () -> consume(raw::consume));
            return List.of(
                    Line.compared(name + ": produce", produced, BAR), Line.compared(name + ": consume", consumed, BAR));
        }
    }

    private double produce(Producing producing) throws Exception {
        String topic = newTopic();
        double perSecond =
                Measured.timed(messages.size(), () -> producing.to(topic)).perSecond();
        raw.drop(topic, GROUP);
        return perSecond;
    }

    private double consume(Consuming consuming) throws Exception {
        String topic = newTopic();
        raw.produce(topic, messages);
        Reading reading = new Reading(messages.size());
        consuming.from(topic, GROUP, reading);
        raw.drop(topic, GROUP);
        return reading.perSecond();
    }

    private void sendInBatches(MessageProducer<String, byte[]> producer, String topic) {
        for (int from = 0; from < messages.size(); from += batch) {
            producer.sendBatch(Topic.named(topic), messages.subList(from, Math.min(from + batch, messages.size())));
        }
    }

    private void pollAll(String topic, String group, Reading reading) {
        ConsumerOptions options = ConsumerOptions.defaults().withMaxPollMessages(POLL);
        try (MessageConsumer<String, byte[]> consumer = broker.consumer(group, options)) {
            consumer.subscribe(List.of(Topic.named(topic)));
            while (reading.wantsMore()) {
                int polled = consumer.poll(Duration.ofSeconds(1)).size();
                consumer.commit();
                reading.add(polled);
            }
        }
    }

    private String newTopic() {
        String name = "bench-" + ++topics + "-" + System.currentTimeMillis();
        broker.declare(Topic.named(name), GROUP);
        return name;
    }

    private interface Producing {
        void to(String topic) throws Exception;
    }

    private interface Consuming {
        void from(String topic, String group, Reading reading) throws Exception;
    }
}
