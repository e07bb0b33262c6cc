package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.Pause;
import java.util.Locale;

/** A subscription and what pauses it, shared by its members. */
record RunningSubscription(EventSubscription stated, Circuits circuits) {

    Subscription reads() {
        return stated.subscription();
    }

    SubscriptionState state() {
        return new SubscriptionState(
                reads().topic(), reads().group(), reads().members(), reads().broadcast(), circuits.pause());
    }

    void register(MeterRegistry registry) {
        for (Pause.Reason reason : Pause.Reason.values()) {
            Gauge.builder("messaging.subscription.paused", this, each -> each.isPaused(reason) ? 1 : 0)
                    .description("1 while the subscription handles no messages, or none of some type, for this reason")
                    .tags("topic", reads().topic(), "group", reads().group())
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private boolean isPaused(Pause.Reason reason) {
        Pause pause = circuits.pause();
        return pause != null && pause.reason() == reason;
    }
}
