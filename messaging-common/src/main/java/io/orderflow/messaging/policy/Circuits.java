package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.Sleeper;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of a subscription in this process, one for each type that it handles, because types may need different
 * resources; and whether an operator has paused it. Shared by all members, and by the topic and the group's retry topic.
 */
public final class Circuits {

    private static final String OTHERS = "unhandled types";

    private static final Duration CHECK_EVERY = Duration.ofMillis(100);

    private final Subscription subscription;
    private final OperatorPauses operators;
    private final Function<Delivery<String, byte[]>, @Nullable String> types;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    /** @param types returns the type that a message is handled as, and what else its circuit is for; null if it is not handled */
    public Circuits(
            Subscription subscription,
            OperatorPauses operators,
            Function<Delivery<String, byte[]>, @Nullable String> types,
            InstantSource clock,
            DoubleSupplier random) {
        this.subscription = subscription;
        this.operators = operators;
        this.types = types;
        this.clock = clock;
        this.random = random;
    }

    Circuit of(Delivery<String, byte[]> delivery) {
        String type = types.apply(delivery);
        return circuits.computeIfAbsent(type == null ? OTHERS : type, this::circuit);
    }

    private Circuit circuit(String type) {
        return new Circuit(subscription + " (" + type + ")", !type.equals(OTHERS), clock, random);
    }

    /** Whether an operator has paused the subscription. */
    public boolean isPausedByOperator() {
        return operators.of(subscription) != null;
    }

    /** Returns once no operator pauses the subscription. */
    void awaitResume(Sleeper sleeper) throws InterruptedException {
        while (isPausedByOperator()) {
            sleeper.sleep(CHECK_EVERY);
        }
    }

    /** Why messages, or those of some type, are not handled; null if all are. */
    public @Nullable Pause pause() {
        Pause byOperator = operators.of(subscription);
        String outage = byOperator == null ? problem() : null;
        return outage == null ? byOperator : new Pause(Pause.Reason.OUTAGE, outage);
    }

    /** Reports that this message was handled. */
    public void succeeded(Delivery<String, byte[]> delivery) {
        of(delivery).succeeded();
    }

    /** The outage that pauses messages of some type; null if there is none. */
    public @Nullable String problem() {
        return circuits.values().stream()
                .map(Circuit::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
