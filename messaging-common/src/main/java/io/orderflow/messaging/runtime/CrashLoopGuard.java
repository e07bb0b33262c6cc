package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.TransientFailures;
import io.orderflow.messaging.quarantine.CrashLoopException;
import io.orderflow.messaging.quarantine.InFlightMessages;
import io.orderflow.messaging.quarantine.InFlightMessages.Taken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what a member has in hand before it handles it, and that it has not when it failed at it. What comes to it while it
 * is noted to be in hand elsewhere was there when a process died, as a rule: such a suspect is handled alone, with no other
 * handler at work in this process. One that several processes in a row did not survive that way is given up; its relayNotifications
 * have been handled by then.
 *
 * <p>A normal poll costs one round trip to the database and waits for no disk.
 */
final class CrashLoopGuard implements HandlerMiddleware {

    private static final Logger log = LoggerFactory.getLogger(CrashLoopGuard.class);

    private final Subscription subscription;
    private final String role;
    private final MessageIds ids;
    private final InFlightMessages inFlight;
    private final int after;
    private final ExclusiveGate exclusiveGate;
    private final UUID member = UUID.randomUUID();
    private final Map<MessageId, Taken> polled = new HashMap<>();
    private final Set<Taken> suspects = new HashSet<>();

    CrashLoopGuard(
            Subscription subscription,
            String role,
            MessageIds ids,
            InFlightMessages inFlight,
            int after,
            ExclusiveGate exclusiveGate) {
        this.subscription = subscription;
        this.role = role;
        this.ids = ids;
        this.inFlight = inFlight;
        this.after = after;
        this.exclusiveGate = exclusiveGate;
    }

    /**
     * Around all there is to do about a poll. One with a suspect in it is handled message by message.
     *
     * @param messageByMessage the same for one message, and with this object around its handler
     */
    PollHandler around(PollHandler next, PollHandler messageByMessage) {
        return deliveries -> {
            polled.clear();
            deliveries.stream().map(this::taken).forEach(each -> polled.put(each.id(), each));
            suspects.clear();
            suspects.addAll(inFlight.take(member, subscription, polled.values()));
            try {
                if (!suspects.isEmpty()) {
                    report(deliveries.size());
                }
                (suspects.isEmpty() ? next : messageByMessage).handle(deliveries);
            } catch (Throwable failure) {
                dropBecauseOf(failure, () -> inFlight.drop(member));
                throw failure;
            }
        };
    }

    private void report(int messages) {
        log.info(
                "{}: {} of {} messages were in the hands of another member, whose process may have ended; they are handled"
                        + " alone, one at a time.",
                subscription,
                suspects.size(),
                messages);
    }

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            Taken taken = polled.get(ids.of(delivery));
            try {
                if (taken != null && suspects.contains(taken)) {
                    return alone(delivery, taken, next);
                }
                return inCompany(() -> next.handle(delivery));
            } catch (Throwable failure) {
                // while the database is away, a message stays with its member, and nothing can be noted
                if (taken != null && !TransientFailures.isOfDatabase(failure)) {
                    dropBecauseOf(failure, () -> inFlight.drop(member, taken));
                }
                throw failure;
            }
        };
    }

    /** Around a poll whose handlers are at work in one transaction. */
    PollHandler inCompany(PollHandler next) {
        return deliveries -> inCompany(() -> {
            next.handle(deliveries);
            return deliveries;
        });
    }

    private HandlerResult alone(Delivery<String, byte[]> delivery, Taken suspect, MessageHandler next)
            throws Exception {
        boolean alone = exclusiveGate.enterAlone(this);
        try {
            if (alone) {
                begin(delivery, suspect);
            }
            try {
                return next.handle(delivery);
            } finally {
                if (alone) {
                    inFlight.end(subscription, suspect);
                }
            }
        } finally {
            exclusiveGate.leaveAlone(this);
        }
    }

    private void begin(Delivery<String, byte[]> delivery, Taken suspect) {
        boolean redriven = delivery.message().header(Headers.REDRIVE) != null;
        if (inFlight.begin(subscription, suspect, redriven) > after) {
            inFlight.quarantine(subscription, suspect);
            throw new CrashLoopException(after);
        }
    }

    private <T> T inCompany(Callable<T> work) throws Exception {
        boolean entered = exclusiveGate.enter(this);
        try {
            return work.call();
        } finally {
            if (entered) {
                exclusiveGate.leave(this);
            }
        }
    }

    /** What goes back now, or is set aside, and comes to another member, is not suspect: this process has survived it. */
    private static void dropBecauseOf(Throwable failure, Runnable drop) {
        try {
            drop.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Taken taken(Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        return new Taken(
                ids.of(delivery),
                role
                        + '/'
                        + delivery.topic()
                        + '/'
                        + message.header(Headers.ATTEMPTS)
                        + '/'
                        + message.header(Headers.REDRIVE));
    }
}
