package io.orderflow.systemtests.chaos.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads each topic's exchange through a durable queue with a single active consumer: after a lost connection, unacknowledged
 * messages are delivered again before later ones.
 */
final class PlainRabbitClient implements PlainClient {

    private static final long CONFIRM_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HEARTBEAT_SECONDS = 5;
    private static final int PREFETCH = 500;

    private static final Map<String, Object> QUEUE_ARGUMENTS =
            Map.of("x-queue-type", "quorum", "x-single-active-consumer", true);

    private final Connection connection;
    private final Channel channel;
    private final BlockingQueue<ObservedMessage> received = new LinkedBlockingQueue<>();
    private long unacknowledged;

    PlainRabbitClient(URI uri) throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(CONNECT_MILLIS);
        factory.setChannelRpcTimeout(2 * CONNECT_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setAutomaticRecoveryEnabled(false);
        try {
            factory.setUri(uri);
            connection = factory.newConnection(CLIENT_NAME);
        } catch (TimeoutException | GeneralSecurityException | URISyntaxException e) {
            throw new IOException(e);
        }
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    @Override
    public void watch(List<String> topics) throws IOException {
        channel.basicQos(PREFETCH);
        for (String topic : topics) {
            String queue = CLIENT_NAME + "." + topic;
            channel.exchangeDeclare(topic, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(queue, true, false, false, QUEUE_ARGUMENTS);
            channel.queueBind(queue, topic, "#");
            channel.basicConsume(
                    queue, false, (tag, raw) -> received.add(observed(topic, raw)), tag -> connection.abort());
        }
    }

    /** Acknowledges the messages of the poll before. */
    @Override
    public List<ObservedMessage> poll() throws IOException {
        if (!channel.isOpen()) {
            throw new IOException("The connection to RabbitMQ is lost.");
        }
        try {
            if (unacknowledged > 0) {
                channel.basicAck(unacknowledged, true);
                unacknowledged = 0;
            }
        } catch (AlreadyClosedException e) {
            throw new IOException(e);
        }
        List<ObservedMessage> messages = new ArrayList<>();
        received.drainTo(messages);
        if (!messages.isEmpty()) {
            Delivery last = (Delivery) messages.get(messages.size() - 1).raw();
            unacknowledged = last.getEnvelope().getDeliveryTag();
        }
        return messages;
    }

    @Override
    public void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, Object> table = new HashMap<>();
        headers.forEach((name, value) -> table.put(name.replaceFirst("^ce_", "cloudEvents:"), value));
        table.put("messaging-key", key);
        publish(
                topic,
                "",
                new BasicProperties.Builder().deliveryMode(2).headers(table).build(),
                body);
    }

    @Override
    public void repeat(ObservedMessage message) throws IOException {
        Delivery raw = (Delivery) message.raw();
        publish(message.topic(), raw.getEnvelope().getRoutingKey(), raw.getProperties(), raw.getBody());
    }

    private void publish(String topic, String routingKey, BasicProperties properties, byte[] body) throws IOException {
        try {
            channel.basicPublish(topic, routingKey, true, properties, body);
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (TimeoutException | AlreadyClosedException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static ObservedMessage observed(String topic, Delivery raw) {
        Map<String, Object> table =
                Objects.requireNonNullElse(raw.getProperties().getHeaders(), Map.<String, Object>of());
        return new ObservedMessage(
                topic,
                text(table.get("messaging-key")),
                text(table.get("cloudEvents:id")),
                text(table.get("cloudEvents:type")),
                raw.getBody(),
                raw);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof byte[] bytes ? new String(bytes, UTF_8) : value.toString();
    }

    @Override
    public void close() {
        connection.abort();
    }
}
