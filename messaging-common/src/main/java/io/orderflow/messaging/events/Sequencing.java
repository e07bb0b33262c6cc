package io.orderflow.messaging.events;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whether a subscription keeps account of the numbers of its events.
 *
 * @param isOn whether it does
 * @param latestOnly the types of which outdated events are passed over
 */
public record Sequencing(boolean isOn, Set<String> latestOnly) {

    static final Sequencing NONE = new Sequencing(false, Set.of());

    public Sequencing {
        latestOnly = Set.copyOf(latestOnly);
    }

    Sequencing on() {
        return new Sequencing(true, latestOnly);
    }

    Sequencing withLatest(String type) {
        Set<String> more = new LinkedHashSet<>(latestOnly);
        more.add(type);
        return new Sequencing(true, more);
    }
}
