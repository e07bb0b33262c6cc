package io.orderflow.messaging.adapter;

import io.orderflow.messaging.Headers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps header names to those of a broker's CloudEvents binding, and back. CloudEvents attributes change their prefix. A name
 * that the adapter or the broker uses itself is escaped, so that every header comes back as it was sent.
 *
 * @param attributePrefix what the binding puts before the name of a CloudEvents attribute, {@code cloudEvents:} in AMQP
 * @param escapePrefix what is put before a reserved name
 * @param reserved names that are not headers of a message; those that start with {@code escapePrefix} are reserved as well
 */
public record HeaderNames(String attributePrefix, String escapePrefix, Set<String> reserved) {

    /** The name under which a header is sent. */
    public String toBroker(String name) {
        if (name.startsWith(Headers.CLOUD_EVENTS_PREFIX)) {
            return attributePrefix.equals(Headers.CLOUD_EVENTS_PREFIX)
                    ? name
                    : attributePrefix + name.substring(Headers.CLOUD_EVENTS_PREFIX.length());
        }
        return reserved.contains(name) || name.startsWith(escapePrefix) ? escapePrefix + name : name;
    }

    /** The header's name; null for a reserved one, which is no header. */
    public @Nullable String fromBroker(String name) {
        if (name.startsWith(attributePrefix)) {
            return attributePrefix.equals(Headers.CLOUD_EVENTS_PREFIX)
                    ? name
                    : Headers.CLOUD_EVENTS_PREFIX + name.substring(attributePrefix.length());
        }
        if (name.startsWith(escapePrefix)) {
            return name.substring(escapePrefix.length());
        }
        return reserved.contains(name) ? null : name;
    }
}
