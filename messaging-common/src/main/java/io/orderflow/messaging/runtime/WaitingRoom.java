package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where failed messages of a poll wait when there is no database: here in memory, while the poll is not committed. The
 * others of the poll go on meanwhile, but for those of the same key, which wait behind it; the next poll waits for all. For
 * one thread.
 */
final class WaitingRoom implements MessageRecoverer {

    /** Messages of one key, of which the first may be tried at some time. */
    private static final class Line {
        final Deque<Delivery<String, byte[]>> waiting = new ArrayDeque<>();
        long due;
    }

    private final MessageRecoverer withoutDatabase;
    private final StopSignal stop;
    private final Map<Object, Line> lines = new LinkedHashMap<>();
    private @Nullable Delivery<String, byte[]> handling;

    WaitingRoom(MessageRecoverer withoutDatabase, StopSignal stop) {
        this.withoutDatabase = withoutDatabase;
        this.stop = stop;
    }

    /** @param handler of one message, whose policies set aside with this object */
    PollHandler around(MessageHandler handler) {
        return deliveries -> {
            lines.clear();
            for (Delivery<String, byte[]> each : deliveries) {
                Line line = lines.get(key(each));
                if (line == null) {
                    handle(each, handler);
                } else {
                    line.waiting.add(each);
                }
            }
            while (!lines.isEmpty()) {
                handleNext(handler);
            }
        };
    }

    private void handleNext(MessageHandler handler) throws Exception {
        Map.Entry<Object, Line> next = lines.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().due))
                .orElseThrow();
        stop.sleep(Duration.ofNanos(Math.max(0, next.getValue().due - System.nanoTime())));
        handle(next.getValue().waiting.remove(), handler);
        if (next.getValue().waiting.isEmpty()) {
            lines.remove(next.getKey());
        }
    }

    private void handle(Delivery<String, byte[]> delivery, MessageHandler handler) throws Exception {
        stop.throwIfOverdue();
        handling = delivery;
        handler.handle(delivery);
    }

    @Override
    public void later(String topic, Message<String, byte[]> message, Duration delay) {
        Delivery<String, byte[]> failed = new Delivery<>(topic, message, handling.position());
        Line line = lines.computeIfAbsent(key(handling), key -> new Line());
        line.waiting.addFirst(failed);
        line.due = System.nanoTime() + delay.toNanos();
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        withoutDatabase.deadLetter(topic, message);
    }

    /** A message without a key is in nobody's way. */
    private static Object key(Delivery<String, byte[]> delivery) {
        String key = delivery.message().key();
        return key == null ? List.of(delivery.topic(), delivery.position()) : key;
    }
}
