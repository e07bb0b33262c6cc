package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.Subscription;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The circuits of a subscription in this process, one for each type that it handles: what one type needs, another may not.
 * The topic and the group's retries share them, and so do all members.
 */
public final class Circuits {

    private static final String OTHERS = "what is not handled";

    private final Subscription subscription;
    private final Function<Delivery<String, byte[]>, @Nullable String> types;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    /** @param types the type that a message is handled as; null where it is not handled at all, and says nothing */
    public Circuits(
            Subscription subscription,
            Function<Delivery<String, byte[]>, @Nullable String> types,
            InstantSource clock,
            DoubleSupplier random) {
        this.subscription = subscription;
        this.types = types;
        this.clock = clock;
        this.random = random;
    }

    Circuit of(Delivery<String, byte[]> delivery) {
        String type = types.apply(delivery);
        return circuits.computeIfAbsent(type == null ? OTHERS : type, this::circuit);
    }

    private Circuit circuit(String type) {
        return new Circuit(subscription + " (" + type + ")", clock, random);
    }

    /** Whether messages of some type are held back. */
    public boolean isAnyOpen() {
        return problem() != null;
    }

    /** Whether this message would have to wait for its turn, because something is away that all of its type need. */
    public boolean isHeldBack(Delivery<String, byte[]> delivery) {
        return of(delivery).isHeldBack();
    }

    /** Notes that this message was handled. */
    public void succeeded(Delivery<String, byte[]> delivery) {
        of(delivery).succeeded();
    }

    /** Why messages are held back; null while none are. */
    public @Nullable String problem() {
        return circuits.values().stream()
                .map(Circuit::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
