package io.orderflow.systemtests.chaos;

import java.util.concurrent.atomic.AtomicInteger;

/** The progress of a run. Faults begin and end at these counts, never at a time. */
final class Counts {

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger shipped = new AtomicInteger();
    final AtomicInteger seen = new AtomicInteger();

    @Override
    public String toString() {
        return "%d requests, %d orders accepted, %d shipped, %d messages observed"
                .formatted(requests.get(), accepted.get(), shipped.get(), seen.get());
    }
}
