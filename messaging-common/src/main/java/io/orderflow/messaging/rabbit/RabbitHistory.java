package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * Reads a topic's stream up to a {@link StreamEnd}, because RabbitMQ does not say how many messages a stream has at a time. From a time,
 * it delivers whole chunks: what a chunk has from before is dropped by the time of each message.
 */
final class RabbitHistory implements MessageHistory {

    /** The longest wait for a message that exists. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long the first message from a time may take; without one, the last chunk shows whether there is none. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(2);

    private static final String FAILURE = "The history of topic '%s' cannot be read from RabbitMQ";

    private final Channel channel;
    private final Topic topic;
    private final HistoryStart start;
    private final int atOnce;
    private final long from;
    private final long end;
    private final long size;
    private final boolean truncated;
    private StreamReader reader;
    private long next;

    private RabbitHistory(RabbitConnections connections, Channel channel, Topic topic, HistoryStart start, int atOnce)
            throws IOException {
        this.channel = channel;
        this.topic = topic;
        this.start = start;
        this.atOnce = atOnce;
        this.from = start.position() == null ? 0 : HistoryStart.offset(start.position(), topic.name());
        channel.basicQos(2 * atOnce);
        reader = new StreamReader(channel, stream(), "next");
        end = StreamEnd.mark(connections, stream(), reader);
        reader = reader.restart("first");
        FetchedMessage first = reader.peek(PATIENCE);
        long begin = StreamReader.offset(first);
        truncated = begin > 0 && isAccepted(first.decode(Instant.now())) && from < begin;
        next = begin;
        if (start.time() != null) {
            seek(start.time());
        } else if (from > begin) {
            reader = reader.restart(from);
            next = from;
        }
        size = Math.max(0, end - next);
    }

    static RabbitHistory open(RabbitConnections connections, Topic topic, HistoryStart start, int atOnce) {
        Channel channel = connections.openForConsuming();
        try {
            return new RabbitHistory(connections, channel, topic, start, atOnce);
        } catch (IOException | ShutdownSignalException e) {
            RabbitFailures.close(channel);
            throw RabbitFailures.failure(FAILURE.formatted(topic.name()), e);
        } catch (RuntimeException e) {
            RabbitFailures.close(channel);
            throw e;
        }
    }

    private String stream() {
        return HistoryStream.name(topic);
    }

    private void seek(Instant time) throws IOException {
        reader = reader.restart(Date.from(time));
        if (!reader.hasReceived(FIRST_PATIENCE)) {
            reader = reader.restart("last");
        }
        next = StreamReader.offset(reader.peek(PATIENCE));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isTruncated() {
        return truncated;
    }

    @Override
    public List<Delivery<String, byte[]>> next() {
        List<Delivery<String, byte[]>> deliveries = new ArrayList<>();
        try {
            FetchedMessage last = null;
            while (next < end && deliveries.size() < atOnce) {
                if (!deliveries.isEmpty() && !reader.hasReceived(Duration.ZERO)) {
                    break;
                }
                FetchedMessage message = reader.take(PATIENCE);
                long offset = StreamReader.offset(message);
                next = offset + 1;
                Message<String, byte[]> decoded = message.decode(Instant.now());
                if (offset < end && offset >= from && isAccepted(decoded) && !StreamEnd.isMark(message)) {
                    deliveries.add(new Delivery<>(topic.name(), decoded, topic.name() + "@" + offset));
                }
                last = message;
            }
            if (last != null) {
                channel.basicAck(last.tag(), true);
            }
            return deliveries;
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure(FAILURE.formatted(topic.name()), e);
        }
    }

    private boolean isAccepted(Message<String, byte[]> message) {
        return start.time() == null || !message.timestamp().isBefore(start.time());
    }

    @Override
    public void close() {
        RabbitFailures.close(channel);
    }
}
