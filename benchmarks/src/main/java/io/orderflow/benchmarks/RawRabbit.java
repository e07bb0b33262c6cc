package io.orderflow.benchmarks;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.net.URI;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * amqp-client by hand, to and from the same queues: everything is published at once and its confirms awaited at the end,
 * and many acknowledged at once.
 */
final class RawRabbit implements RawClient {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final int PERSISTENT = 2;
    private static final int PARTITIONS = Topic.DEFAULT_PARTITIONS;

    private final Connection publishing;
    private final Connection consuming;
    private final Channel channel;

    RawRabbit(URI uri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        this.publishing = factory.newConnection();
        this.consuming = factory.newConnection();
        this.channel = publishing.createChannel();
        channel.confirmSelect();
    }

    @Override
    public void produce(String topic, List<Message<String, byte[]>> messages) throws Exception {
        for (Message<String, byte[]> message : messages) {
            Map<String, Object> headers = new HashMap<>(message.headers());
            headers.put("messaging-key", message.key());
            headers.put("CC", List.of("messaging.partition." + partition(message.key())));
            headers.put("messaging-timestamp", message.timestamp().toEpochMilli());
            BasicProperties properties = new BasicProperties.Builder()
                    .deliveryMode(PERSISTENT)
                    .timestamp(Date.from(message.timestamp()))
                    .headers(headers)
                    .build();
            channel.basicPublish(topic, "", true, properties, message.value());
        }
        channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
    }

    @Override
    public void consume(String topic, String group, Reading reading) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Channel own = consuming.createChannel()) {
            own.basicQos(2 * BrokerBenchmark.POLL);
            DefaultConsumer consumer = new DefaultConsumer(own) {
                private int unacknowledged;

                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                        throws IOException {
                    if (++unacknowledged == BrokerBenchmark.POLL) {
                        own.basicAck(envelope.getDeliveryTag(), true);
                        reading.add(unacknowledged);
                        unacknowledged = 0;
                        if (!reading.wantsMore()) {
                            done.countDown();
                        }
                    }
                }
            };
            for (String queue : queues(topic, group)) {
                own.basicConsume(queue, false, consumer);
            }
            if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The messages did not come in a minute.");
            }
        }
    }

    @Override
    public void drop(String topic, String group) throws IOException {
        for (String queue : queues(topic, group)) {
            channel.queueDelete(queue);
        }
        channel.exchangeDelete(topic);
        channel.exchangeDelete(topic + ".groups");
        channel.exchangeDelete(topic + ":sent-to");
        channel.exchangeDelete(topic + ".unpartitioned-of-" + PARTITIONS);
        channel.exchangeDelete(topic + "." + group + ".members");
    }

    private static List<String> queues(String topic, String group) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> topic + "." + group + "." + partition)
                .toList();
    }

    private static int partition(@Nullable String key) {
        return KeyPartition.of(key, PARTITIONS);
    }

    @Override
    public void close() {
        publishing.abort();
        consuming.abort();
    }
}
