package io.orderflow.messaging.events;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an event.
 *
 * @param id the same at every delivery, and unique among the events of its source
 * @param type its logical, versioned name
 * @param key events of one key are ordered
 * @param time when it happened, in the publisher's clock
 * @param topic the topic it was published to
 * @param attempt 1 at first, 2 at the first retry
 * @param headers all headers
 */
public record EventContext(
        String id,
        String type,
        @Nullable String key,
        Instant time,
        String topic,
        int attempt,
        Map<String, String> headers) {}
