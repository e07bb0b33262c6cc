package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends rows of one topic, in order, and sorts them by what became of them. A row that is refused is found by halving,
 * so that it costs a few more sends and not one for each row.
 */
final class Publishing {

    private final MessageProducer<String, byte[]> producer;
    private final List<WaitingRow> sent = new ArrayList<>();
    private final Map<WaitingRow, MessageRejectedException> refused = new LinkedHashMap<>();

    Publishing(MessageProducer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** If it throws, {@link #sent()} tells which rows the broker has accepted all the same. */
    void send(String topic, List<WaitingRow> rows) {
        List<WaitingRow> free = rows.stream()
                .filter(row -> refused.keySet().stream().noneMatch(row::isBehind))
                .toList();
        if (free.isEmpty()) {
            return;
        }
        try {
            producer.sendBatch(topic, free.stream().map(WaitingRow::message).toList());
            sent.addAll(free);
        } catch (MessageRejectedException e) {
            if (free.size() == 1) {
                refused.put(free.get(0), e);
                return;
            }
            int half = free.size() / 2;
            send(topic, free.subList(0, half));
            send(topic, free.subList(half, free.size()));
        }
    }

    List<WaitingRow> sent() {
        return sent;
    }

    Map<WaitingRow, MessageRejectedException> refused() {
        return refused;
    }
}
