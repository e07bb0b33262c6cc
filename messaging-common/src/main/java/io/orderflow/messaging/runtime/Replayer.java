package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.TimeLimit;
import io.orderflow.messaging.policy.OperatorPauses;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of a {@link MessageHistory} through the pipeline of a subscription: by its transaction, inbox and
 * middlewares. A message that fails is retried in place; if it fails for good, it is counted, and the next one is handled. For one
 * thread.
 */
public final class Replayer implements AutoCloseable {

    private final MessageHistory history;
    private final ReplayFailures failures;
    private final StopSignal stop = new StopSignal();
    private final TimeLimit limit;
    private final HandlerThread handlers;
    private long handled;
    private @Nullable Instant earliest;

    /**
     * @param pipeline as for live messages
     * @param subscription what is run, with the group of the replay
     * @param publishing whether what handlers publish is published
     */
    public Replayer(MessageHistory history, Pipeline pipeline, EventSubscription subscription, boolean publishing) {
        this.history = history;
        this.failures = new ReplayFailures();
        this.limit = new TimeLimit(
                "replay-" + subscription.subscription().topic() + "-"
                        + subscription.subscription().group(),
                subscription.retryPolicy().timeOut());
        Pipeline own = pipeline.forReplay(failures, publishing);
        this.handlers = new HandlerThread(
                limit.who(),
                own.of(subscription, own.circuits(subscription, new OperatorPauses()), limit, stop),
                limit,
                subscription.subscription().options().pollHandling(),
                stop);
    }

    /**
     * Handles the next messages.
     *
     * @param keepAlive called about every second meanwhile; once it throws, no other message is begun, and this method throws it
     * @return false at the end
     */
    public boolean next(Runnable keepAlive) throws Exception {
        List<Delivery<String, byte[]>> deliveries = history.next();
        if (deliveries.isEmpty()) {
            return false;
        }
        handlers.handle(deliveries, keepAlive, () -> {});
        handled += deliveries.size();
        deliveries.stream().map(Delivery::message).map(Message::timestamp).forEach(this::note);
        return true;
    }

    private void note(Instant time) {
        if (earliest == null || time.isBefore(earliest)) {
            earliest = time;
        }
    }

    /** How many messages there are in all; an estimate on some brokers. */
    public long size() {
        return history.size();
    }

    /** Whether the broker has deleted messages that were to be replayed. */
    public boolean isTruncated() {
        return history.isTruncated();
    }

    /** How many messages have been read and handled, skipped, or have failed. */
    public long handled() {
        return handled;
    }

    /** How many of them have failed for good. */
    public long failed() {
        return failures.number();
    }

    /** The first failure; null while there is none. */
    public @Nullable String firstFailure() {
        return failures.first();
    }

    /** The time of the earliest message handled so far; null before the first one. */
    public @Nullable Instant earliest() {
        return earliest;
    }

    /** Ends all waits of a call of {@link #next} on another thread, which then throws. */
    public void stop() {
        stop.giveBack();
        limit.stop();
    }

    @Override
    public void close() {
        handlers.close();
        history.close();
    }
}
