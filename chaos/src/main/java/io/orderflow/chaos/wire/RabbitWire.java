package io.orderflow.chaos.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A durable queue of its own on each topic's exchange. What is read is noted before it is acknowledged. */
final class RabbitWire implements Wire {

    private static final long CONFIRM_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HEARTBEAT_SECONDS = 5;
    private static final int MOST = 500;

    private final Connection connection;
    private final Channel channel;
    private List<String> topics = List.of();
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
    public void watch(List<String> names) throws IOException {
        topics = List.copyOf(names);
        for (String topic : topics) {
            channel.exchangeDeclare(topic, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(queue(topic), true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind(queue(topic), topic, "#");
        }
    }

    @Override
    public List<Sighting> look() throws IOException {
        try {
            if (unacknowledged > 0) {
                channel.basicAck(unacknowledged, true);
                unacknowledged = 0;
            }
            List<Sighting> sightings = new ArrayList<>();
            for (String topic : topics) {
                GetResponse next = channel.basicGet(queue(topic), false);
                while (next != null) {
                    unacknowledged = next.getEnvelope().getDeliveryTag();
                    sightings.add(sighting(topic, next));
                    next = sightings.size() < MOST ? channel.basicGet(queue(topic), false) : null;
                }
            }
            return sightings;
        } catch (AlreadyClosedException e) {
            throw new IOException(e);
        }
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
        GetResponse seen = (GetResponse) sighting.raw();
        publish(sighting.topic(), seen.getEnvelope().getRoutingKey(), seen.getProps(), seen.getBody());
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

    private static Sighting sighting(String topic, GetResponse seen) {
        Map<String, Object> table = seen.getProps().getHeaders() == null
                ? Map.of()
                : seen.getProps().getHeaders();
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
