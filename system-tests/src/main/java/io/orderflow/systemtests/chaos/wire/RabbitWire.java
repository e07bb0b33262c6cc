package io.orderflow.systemtests.chaos.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue of its own on each topic's exchange. What is read is noted before it is acknowledged. One reader at a time
 * has all of a queue: the next one gets nothing before what was held by one that is lost, and so sees it in its order.
 */
final class RabbitWire implements Wire {

    private static final long CONFIRM_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HEARTBEAT_SECONDS = 5;
    private static final int MOST = 500;

    private static final Map<String, Object> OF_ONE_READER =
            Map.of("x-queue-type", "quorum", "x-single-active-consumer", true);

    private final Connection connection;
    private final Channel channel;
    private final BlockingQueue<Sighting> arrived = new LinkedBlockingQueue<>();
    private long unacknowledged;

    RabbitWire(String host, int port, String user, String password) throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        factory.setUsername(user);
        factory.setPassword(password);
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(CONNECT_MILLIS);
        factory.setChannelRpcTimeout(2 * CONNECT_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setAutomaticRecoveryEnabled(false);
        try {
            connection = factory.newConnection(STRANGER);
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    @Override
    public void watch(List<String> topics) throws IOException {
        channel.basicQos(MOST);
        for (String topic : topics) {
            channel.exchangeDeclare(topic, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(queue(topic), true, false, false, OF_ONE_READER);
            channel.queueBind(queue(topic), topic, "#");
            channel.basicConsume(
                    queue(topic), false, (tag, seen) -> arrived.add(sighting(topic, seen)), tag -> connection.abort());
        }
    }

    @Override
    public List<Sighting> look() throws IOException {
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
        List<Sighting> sightings = new ArrayList<>();
        arrived.drainTo(sightings);
        if (!sightings.isEmpty()) {
            Delivery last = (Delivery) sightings.get(sightings.size() - 1).raw();
            unacknowledged = last.getEnvelope().getDeliveryTag();
        }
        return sightings;
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
    public void repeat(Sighting sighting) throws IOException {
        Delivery seen = (Delivery) sighting.raw();
        publish(sighting.topic(), seen.getEnvelope().getRoutingKey(), seen.getProperties(), seen.getBody());
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

    private static Sighting sighting(String topic, Delivery seen) {
        Map<String, Object> table = seen.getProperties().getHeaders() == null
                ? Map.of()
                : seen.getProperties().getHeaders();
        return new Sighting(
                topic,
                text(table.get("messaging-key")),
                text(table.get("cloudEvents:id")),
                text(table.get("cloudEvents:type")),
                seen.getBody(),
                seen);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof byte[] bytes ? new String(bytes, UTF_8) : value.toString();
    }

    private static String queue(String topic) {
        return STRANGER + "." + topic;
    }

    @Override
    public void close() {
        connection.abort();
    }
}
