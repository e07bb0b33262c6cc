package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message as it is published: persistent, with its partition as a further routing key, and its id as the message-id. */
record OutgoingMessage(String routingKey, BasicProperties properties, byte[] body) {

    private static final int PERSISTENT = 2;

    /** Reserved in the header frame for headers that the broker adds when it delivers again. */
    private static final int RESERVED_FOR_BROKER = 1024;

    /** The length of the name, the type, the length of the value. */
    private static final int ENTRY_OVERHEAD = 16;

    /** @throws MessageRejectedException if it exceeds a limit of {@link RabbitBroker} */
    static OutgoingMessage of(Message<String, byte[]> message, Topic topic) {
        RabbitBroker.LIMITS.requireWithin(topic, message);
        byte[] body = message.value() == null ? new byte[0] : message.value();
        Map<String, Object> headers = new HashMap<>();
        String routingKey = "";
        String contentType = null;
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            String name = header.getKey();
            String value = header.getValue();
            if (name.equals(Headers.ROUTING_KEY) && !value.isEmpty() && RabbitHeaders.isShortString(value)) {
                routingKey = value;
            } else if (name.equals(Headers.CONTENT_TYPE) && RabbitHeaders.isShortString(value)) {
                contentType = value;
            } else {
                headers.put(RabbitHeaders.encode(name), value);
            }
        }
        if (message.key() != null) {
            headers.put(RabbitHeaders.KEY, message.key());
        }
        if (message.value() == null) {
            headers.put(RabbitHeaders.NULL_VALUE, true);
        }
        if (topic.kind() == Topic.Kind.KEYED) {
            int partition = KeyPartition.of(message.key(), topic.partitions());
            headers.put(RabbitHeaders.CC, List.of(RabbitHeaders.partitionKey(partition)));
        }
        String address = message.header(Headers.ADDRESS);
        if (topic.isBroadcast() && address != null) {
            headers.put(RabbitHeaders.CC, List.of(RabbitHeaders.addressKey(address)));
        }
        headers.put(RabbitHeaders.TIMESTAMP, message.timestamp().toEpochMilli());
        String id = message.header(Headers.ID);
        BasicProperties properties = new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType(contentType)
                .messageId(id != null && RabbitHeaders.isShortString(id) ? id : null)
                .timestamp(Date.from(message.timestamp()))
                .headers(headers)
                .build();
        return new OutgoingMessage(routingKey, properties, body);
    }

    /** All headers travel in one frame; the broker closes the connection for one that is too large. */
    void requireHeadersWithin(int frameMax) throws IOException {
        int room = frameMax - RESERVED_FOR_BROKER;
        if (frameMax > 0 && 3L * characters() > room) { // otherwise they fit, and need not be encoded to be measured
            int size = properties.toFrame(1, body.length).size();
            if (size > room) {
                throw new MessageRejectedException(
                        "The headers of a message take " + size + " bytes; RabbitMQ allows " + room
                                + " (frame_max). The message was not sent.",
                        null);
            }
        }
    }

    private long characters() {
        long sum = 0;
        for (Map.Entry<String, Object> header : properties.getHeaders().entrySet()) {
            sum += header.getKey().length() + ENTRY_OVERHEAD;
            sum += header.getValue() instanceof String text ? text.length() : 0;
        }
        return sum;
    }
}
