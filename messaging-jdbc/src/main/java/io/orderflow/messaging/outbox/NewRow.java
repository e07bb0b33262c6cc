package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message to be written into the outbox, encoded when it was added so that only the database can fail later. */
record NewRow(
        short partition,
        String topic,
        byte @Nullable [] key,
        byte @Nullable [] value,
        String headers,
        long madeAt,
        @Nullable Long notBefore,
        @Nullable Long delay) {

    /** @param delay by the database's clock; at most one of this and the other is given */
    static NewRow of(
            String topic, Message<String, byte[]> message, @Nullable Instant notBefore, @Nullable Duration delay) {
        String name = Topic.named(topic).name();
        String key = message.key();
        return new NewRow(
                Partitions.of(name, key),
                name,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                message.value(),
                HeadersJson.write(identified(message).headers()),
                message.timestamp().toEpochMilli(),
                notBefore == null ? null : notBefore.toEpochMilli(),
                delay == null ? null : delay.toMillis());
    }

    /** The message with an id. */
    static Message<String, byte[]> identified(Message<String, byte[]> message) {
        return message.header(Headers.ID) == null
                ? message.withHeader(Headers.ID, TimeOrderedId.at(Instant.now()))
                : message;
    }
}
