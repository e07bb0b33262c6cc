package io.orderflow.messaging.conservation;

import java.time.Instant;
import java.util.Map;

/**
 * What an application has published to a topic, through its outbox.
 *
 * @param source the CloudEvents source of the messages
 * @param slots the number of messages that the broker has confirmed, by the start of the ten seconds in which their ids were created
 */
public record Published(String topic, String source, Map<Instant, Long> slots) {

    public Published {
        slots = Map.copyOf(slots);
    }
}
