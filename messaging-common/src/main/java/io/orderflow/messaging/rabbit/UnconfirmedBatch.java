package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Messages published together, and which of them the broker has not confirmed: one bit a message. */
final class UnconfirmedBatch {

    private final String topic;
    private final long first;
    private final int size;
    private final BitSet open;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    UnconfirmedBatch(String topic, long first, int size) {
        this.topic = topic;
        this.first = first;
        this.size = size;
        this.open = new BitSet(size);
        open.set(0, size);
    }

    String topic() {
        return topic;
    }

    /** The channel's number of the first message. */
    long first() {
        return first;
    }

    /** By the connection's thread alone. */
    void confirm(long number, boolean allUpToIt) {
        int index = (int) Math.min(number - first, size - 1);
        open.clear(allUpToIt ? 0 : index, index + 1);
        if (open.isEmpty()) {
            outcome.complete(null);
        }
    }

    void fail(MessagingException reason) {
        outcome.completeExceptionally(reason);
    }

    void await(Duration timeout) throws TimeoutException, InterruptedException {
        try {
            outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (MessagingException) e.getCause();
        }
    }
}
