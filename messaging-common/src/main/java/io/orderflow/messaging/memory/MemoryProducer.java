package io.orderflow.messaging.memory;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a batch into the store in one step, or not at all. */
final class MemoryProducer implements MessageProducer<String, byte[]> {

    private final MemoryStore store;
    private final int maxMessageBytes;
    private volatile boolean closed;

    MemoryProducer(MemoryStore store, int maxMessageBytes) {
        this.store = store;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void sendBatch(String topic, List<Message<String, byte[]>> messages) {
        if (closed) {
            throw new MessagingException("Nothing was sent to '" + topic + "': this producer is closed.", null);
        }
        messages.forEach(message -> requireAcceptable(topic, message));
        store.append(Topic.named(topic).name(), messages);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireAcceptable(String topic, Message<String, byte[]> message) {
        long bytes = size(message);
        if (bytes > maxMessageBytes) {
            throw new MessageRejectedException(
                    "Message " + message.header(Headers.ID) + " for '" + topic + "' is too large: " + bytes
                            + " bytes, and at most " + maxMessageBytes
                            + " are accepted. Nothing of its batch was sent.",
                    null);
        }
    }

    private static long size(Message<String, byte[]> message) {
        byte[] value = message.value();
        long bytes = length(message.key()) + (value == null ? 0 : value.length);
        for (var header : message.headers().entrySet()) {
            bytes += length(header.getKey()) + length(header.getValue());
        }
        return bytes;
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
