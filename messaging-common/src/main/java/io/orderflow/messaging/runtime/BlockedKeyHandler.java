package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.ordering.BlockedKeyProcessor;
import io.orderflow.messaging.ordering.Identified;
import io.orderflow.messaging.ordering.Outcome;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Handles the first message of a held key with the policies of its subscription. What they set aside stays where it is, in
 * front of its key: so it is only remembered here what they decided. For one thread.
 */
final class BlockedKeyHandler implements BlockedKeyProcessor.FirstHandler, MessageRecoverer {

    /** How long a key is left alone while its message may not be tried; others may not need what this one does. */
    private static final Duration HELD_BACK = Duration.ofSeconds(1);

    private final EventSubscription subscription;
    private final Circuits circuits;
    private final HandlerThread handlers;
    private Outcome outcome = new Outcome.Done();

    /** @param handlers made of policies that set aside with the object that they are given */
    BlockedKeyHandler(
            EventSubscription subscription, Circuits circuits, Function<MessageRecoverer, HandlerThread> handlers) {
        this.subscription = subscription;
        this.circuits = circuits;
        this.handlers = handlers.apply(this);
    }

    @Override
    public Outcome handle(Identified first, Runnable keepLease) throws Exception {
        if (circuits.isHeldBack(first.delivery())) {
            return new Outcome.NotNow(HELD_BACK);
        }
        outcome = new Outcome.Done();
        handlers.handle(List.of(first.delivery()), keepLease, () -> {});
        if (outcome instanceof Outcome.DeadLettered dead && dead.blocksKey()) {
            OrderedRetries.sayThatItWaits(subscription.subscription(), first.id());
        }
        return outcome;
    }

    /** It is written down when its key is settled, and if that fails it stays as it was. */
    @Override
    public boolean needsDatabase() {
        return false;
    }

    @Override
    public void later(String topic, Message<String, byte[]> message, Duration delay) {
        outcome = new Outcome.Again(message, delay);
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        outcome = new Outcome.DeadLettered(topic, message, subscription.retryOrder() == RetryOrder.KEPT);
    }

    /** Takes on nothing more. */
    void close() {
        handlers.close();
    }
}
