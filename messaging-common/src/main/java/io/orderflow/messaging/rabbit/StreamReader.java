package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One consumer of a stream. As many messages are received as the channel's prefetch count allows. */
final class StreamReader {

    private final Channel channel;
    private final String stream;
    private final BlockingDeque<FetchedMessage> received = new LinkedBlockingDeque<>();
    private final String tag;
    private volatile @Nullable String failure;

    /** @param start {@code first}, {@code last}, a time, or the number of a message */
    StreamReader(Channel channel, String stream, Object start) throws IOException {
        this.channel = channel;
        this.stream = stream;
        this.tag = channel.basicConsume(
                stream,
                false,
                Map.of(RabbitHeaders.STREAM_OFFSET, start),
                (consumer, delivery) -> received.add(new FetchedMessage(delivery, System.nanoTime())),
                consumer -> failure = "the stream was deleted",
                (consumer, cause) -> failure = RabbitFailures.reason(cause));
    }

    /** Another reader of the same stream in place of this one. */
    StreamReader restart(Object start) throws IOException {
        channel.basicCancel(tag);
        return new StreamReader(channel, stream, start);
    }

    boolean hasReceived(Duration timeout) {
        FetchedMessage first = poll(timeout);
        if (first != null) {
            received.addFirst(first);
        }
        return first != null;
    }

    /** The next message, which stays the next one. */
    FetchedMessage peek(Duration timeout) {
        FetchedMessage first = take(timeout);
        received.addFirst(first);
        return first;
    }

    /** @throws MessagingException if none arrives in time */
    FetchedMessage take(Duration timeout) {
        FetchedMessage first = poll(timeout);
        if (first == null) {
            String reason = failure == null ? "no message within " + timeout.toSeconds() + " s" : failure;
            throw new MessagingException("RabbitMQ did not return all of '" + stream + "': " + reason + ".", null);
        }
        return first;
    }

    private @Nullable FetchedMessage poll(Duration timeout) {
        try {
            return received.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Reading '" + stream + "' was interrupted.", e);
        }
    }

    /** The number of a message in its stream. */
    static long offset(FetchedMessage message) {
        Map<String, Object> headers = message.delivery().getProperties().getHeaders();
        return ((Number) headers.get(RabbitHeaders.STREAM_OFFSET)).longValue();
    }
}
