package io.orderflow.messaging.events;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of a subscription's types a message is: what it states; else, if untyped messages are taken, what its routing key
 * or key begins with, or the one type that is handled.
 *
 * @param handled the types that are handled
 * @param ignored the types that are passed over
 * @param untyped whether messages that state no type are taken
 */
record TypeResolution(Set<String> handled, Set<String> ignored, boolean untyped) {

    static TypeResolution of(HandledTypes types) {
        return new TypeResolution(types.handled().keySet(), types.ignored(), types.untyped());
    }

    String typeOf(Message<String, byte[]> message) {
        String stated = message.header(Headers.TYPE);
        if (stated != null) {
            return known(stated);
        }
        if (!untyped) {
            throw new UnknownEventTypeException("The message states no type (" + Headers.TYPE
                    + "), and this subscription does not take untyped ones; see EventSubscription.takingUntyped().");
        }
        return routedTo(message.header(Headers.ROUTING_KEY))
                .or(() -> routedTo(message.key()))
                .or(() -> handled.size() == 1 ? handled.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new UnknownEventTypeException(
                        "The message states no type, and neither its routing key nor its key names one; handled here are "
                                + String.join(", ", handled) + "."));
    }

    private String known(String type) {
        if (handled.contains(type) || ignored.contains(type)) {
            return type;
        }
        throw new UnknownEventTypeException("Type '" + type + "' is neither handled nor ignored here; handled are "
                + String.join(", ", handled) + ".");
    }

    private Optional<String> routedTo(@Nullable String routingKey) {
        return routingKey == null
                ? Optional.empty()
                : Stream.concat(handled.stream(), ignored.stream())
                        .filter(type -> begins(routingKey, EventType.withoutVersion(type)))
                        .findFirst();
    }

    private static boolean begins(String routingKey, String name) {
        return routingKey.equals(name) || routingKey.startsWith(name + ".");
    }
}
