package io.orderflow.systemtests.chaos;

import java.util.concurrent.atomic.AtomicInteger;

/** What has happened so far, in numbers: faults begin and end by these and never by the clock. */
final class Counts {

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger shipped = new AtomicInteger();
    final AtomicInteger seen = new AtomicInteger();

    @Override
    public String toString() {
        return "%d requests, %d orders accepted, %d shipped, %d messages seen"
                .formatted(requests.get(), accepted.get(), shipped.get(), seen.get());
    }
}
