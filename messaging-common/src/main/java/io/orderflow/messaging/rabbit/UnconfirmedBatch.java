package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Messages published together, and which of them the broker has not answered: one bit a message. Safe for many threads. */
final class UnconfirmedBatch {

    private final String topic;
    private final long first;
    private final BitSet open;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    UnconfirmedBatch(String topic, long first, int size) {
        this.topic = topic;
        this.first = first;
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

    /** The broker has answered this message, or all up to it. A number of another batch changes nothing. */
    synchronized void answered(long number, boolean allUpToIt) {
        if (number < first) {
            return;
        }
        int index = (int) Math.min(number - first, Integer.MAX_VALUE - 1);
        open.clear(allUpToIt ? 0 : index, index + 1);
        if (open.isEmpty()) {
            outcome.complete(null);
        }
    }

    /** No more than so many messages of it were published, and no answer to the others will come. */
    synchronized void endAfter(int published) {
        open.clear(published, open.length());
    }

    synchronized boolean isAnswered() {
        return open.isEmpty();
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
