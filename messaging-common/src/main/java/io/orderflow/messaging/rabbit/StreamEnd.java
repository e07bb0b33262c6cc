package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds the end of a stream: a mark is published to the stream alone, and its number is the end. Readers skip marks. */
final class StreamEnd {

    private static final String HEADER = "messaging-end-of-history";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StreamEnd() {}

    /**
     * Publishes a mark, and returns its number in the stream.
     *
     * @param atEnd a reader that began at the end; its messages are dropped
     */
    static long mark(RabbitConnections connections, String stream, StreamReader atEnd) throws IOException {
        connections.requireNotBlocked();
        String id = UUID.randomUUID().toString();
        publish(connections, stream, id);
        FetchedMessage message = atEnd.take(PATIENCE);
        while (!id.equals(idOf(message))) {
            message = atEnd.take(PATIENCE);
        }
        return StreamReader.offset(message);
    }

    private static void publish(RabbitConnections connections, String stream, String id) throws IOException {
        BasicProperties properties = MessageProperties.MINIMAL_PERSISTENT_BASIC
                .builder()
                .headers(Map.of(HEADER, id))
                .build();
        Channel channel = connections.openForPublishing();
        try {
            channel.confirmSelect();
            channel.basicPublish("", stream, properties, new byte[0]);
            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        } catch (TimeoutException | InterruptedException e) {
            throw RabbitFailures.failure("RabbitMQ did not confirm the end of '" + stream + "'", e);
        } finally {
            RabbitFailures.close(channel);
        }
    }

    static boolean isMark(FetchedMessage message) {
        return idOf(message) != null;
    }

    private static @Nullable String idOf(FetchedMessage message) {
        Map<String, Object> headers = message.delivery().getProperties().getHeaders();
        Object id = headers == null ? null : headers.get(HEADER);
        return id == null ? null : id.toString();
    }
}
