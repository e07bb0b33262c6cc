package io.orderflow.messaging.crashguard;

import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Records which messages each member of a group has in flight, so that after a crash of its process they are known. Outside of
 * the handlers' transactions. One for a process. Safe for many threads; each member is used by one.
 */
public interface InFlightMessages {

    /** How long the messages of a member are kept that records no more. They have been delivered again by then. */
    Duration RETENTION = Duration.ofMinutes(15);

    /** Returned by {@link #begin} for a message in quarantine. */
    int QUARANTINED = Integer.MAX_VALUE;

    /**
     * A message in flight.
     *
     * @param delivery distinguishes this attempt from others of the message, so that a retry is no suspect
     */
    record Taken(MessageId id, String delivery) {

        int idHash() {
            return id.stableHash();
        }

        int deliveryHash() {
            return 31 * idHash() + delivery.hashCode();
        }
    }

    /** Records that this member has these messages in flight and no others. Returns those that may have ended a process. */
    Set<Taken> take(UUID member, Subscription subscription, Collection<Taken> messages);

    /** Records that this member has nothing in flight. */
    void drop(UUID member);

    /** Records that the process survived the failure of this message. */
    void drop(UUID member, Taken failed);

    /**
     * Records that a suspect is handled with nothing else in flight.
     *
     * @param redriven whether an operator has redriven it, which ends its quarantine
     * @return how many processes began to and did not end, this one included, or {@link #QUARANTINED}. A process that is alive
     *     counts once, however often it begins
     */
    int begin(Subscription subscription, Taken suspect, boolean redriven);

    /** Records that the process survived the handling of the suspect. */
    void end(Subscription subscription, Taken suspect);

    /** The message is not handled again until an operator redrives it. */
    void quarantine(Subscription subscription, Taken suspect);

    /** Deletes obsolete rows. Not to be called before the process has been up for {@link #RETENTION}. */
    void deleteOld();
}
