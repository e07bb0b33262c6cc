package io.orderflow.messaging.crashguard;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.crashguard.InFlightMessages.Taken;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.TransientFailures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one member has in flight, and which of it may have ended a process. For one thread. */
final class MemberInFlight {

    private final Subscription subscription;
    private final InFlightMessages messages;
    private final UUID member = UUID.randomUUID();
    private Map<MessageId, Taken> polled = Map.of();
    private Set<Taken> suspects = Set.of();

    MemberInFlight(Subscription subscription, InFlightMessages messages) {
        this.subscription = subscription;
        this.messages = messages;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Records a poll, and returns how many of its messages are suspects. */
    int take(List<Delivery<String, byte[]>> deliveries) {
        polled = deliveries.stream()
                .map(this::taken)
                .collect(Collectors.toMap(Taken::id, Function.identity(), (first, second) -> second));
        suspects = messages.take(member, subscription, polled.values());
        return suspects.size();
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    boolean isSuspect(Delivery<String, byte[]> delivery) {
        return suspects.contains(polled(delivery));
    }

    /** After a failure of the poll: its messages are delivered again, and are no suspects, for this process survived. */
    void dropAll(Throwable failure) {
        drop(failure, () -> messages.drop(member));
    }

    /** After a failure of a message. While the database is unavailable the message stays with its member. */
    void drop(Delivery<String, byte[]> delivery, Throwable failure) {
        if (!TransientFailures.isOfDatabase(failure)) {
            drop(failure, () -> messages.drop(member, polled(delivery)));
        }
    }

    private static void drop(Throwable failure, Runnable drop) {
        try {
            drop.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** @throws CrashLoopException if processes did not survive it so often */
    void begin(Delivery<String, byte[]> suspect, int after) {
        boolean redriven = suspect.message().header(Headers.REDRIVE) != null;
        if (messages.begin(subscription, polled(suspect), redriven) > after) {
            messages.quarantine(subscription, polled(suspect));
            throw new CrashLoopException(after);
        }
    }

    void end(Delivery<String, byte[]> suspect) {
        messages.end(subscription, polled(suspect));
    }

    /** As it was polled: the headers of its attempts may have been corrected since. */
    private Taken polled(Delivery<String, byte[]> delivery) {
        return Objects.requireNonNull(polled.get(MessageId.of(delivery)), "a message is handled that was not polled");
    }

    private Taken taken(Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        String attempt = "member/" + delivery.topic() + '/' + message.header(Headers.ATTEMPTS) + '/'
                + message.header(Headers.REDRIVE);
        return new Taken(MessageId.of(delivery), attempt);
    }
}
