package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one topic, sent in order and sorted by the result. A rejected row is found by halving the batch, so that it costs a
 * few more sends and not one for each row.
 */
final class TopicBatch {

    private final String topic;
    private final List<WaitingRow> rows;
    private final Fence fence;
    private final List<WaitingRow> confirmed = new ArrayList<>();
    private final Map<WaitingRow, MessageRejectedException> rejected = new LinkedHashMap<>();
    private @Nullable Throwable failure;
    private volatile boolean done;

    /** @param fence the leases under which the rows were read */
    TopicBatch(String topic, List<WaitingRow> rows, Fence fence) {
        this.topic = topic;
        this.rows = rows;
        this.fence = fence;
    }

    /** Returns when all rows are sent, or sending has failed. */
    void send(MessageProducer<String, byte[]> producer) {
        try {
            sendRows(producer, rows);
        } catch (Throwable e) {
            failure = e;
        } finally {
            done = true;
        }
    }

    /** Sends on a thread of its own. */
    void sendAsync(MessageProducer<String, byte[]> producer) {
        Thread thread = new Thread(() -> send(producer), "outbox-relay-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    private void sendRows(MessageProducer<String, byte[]> producer, List<WaitingRow> some) {
        List<WaitingRow> free = some.stream()
                .filter(row -> rejected.keySet().stream().noneMatch(row::isBehind))
                .toList();
        if (free.isEmpty()) {
            return;
        }
        try {
            producer.sendBatch(
                    Topic.named(topic), free.stream().map(WaitingRow::message).toList());
            confirmed.addAll(free);
        } catch (MessageRejectedException e) {
            if (free.size() == 1) {
                rejected.put(free.get(0), e);
                return;
            }
            int half = free.size() / 2;
            sendRows(producer, free.subList(0, half));
            sendRows(producer, free.subList(half, free.size()));
        }
    }

    /** Whether the results below are final. */
    boolean isDone() {
        return done;
    }

    String topic() {
        return topic;
    }

    Fence fence() {
        return fence;
    }

    List<WaitingRow> confirmed() {
        return confirmed;
    }

    Map<WaitingRow, MessageRejectedException> rejected() {
        return rejected;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }
}
