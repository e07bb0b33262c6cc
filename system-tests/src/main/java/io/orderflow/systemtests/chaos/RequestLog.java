package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Observations.Request;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The clients' requests and the answers to them. Safe for many threads. */
final class RequestLog {

    private static final class Entry {
        private final boolean valid;
        private final Set<String> ids = new TreeSet<>();
        private boolean answered;

        private Entry(boolean valid) {
            this.valid = valid;
        }
    }

    private final Map<Integer, Entry> entries = new TreeMap<>();
    private final Set<String> cancelled = new TreeSet<>();

    synchronized void sent(Purchase purchase) {
        entries.put(purchase.number(), new Entry(purchase.isValid()));
    }

    synchronized void refused(Purchase purchase) {
        entries.get(purchase.number()).answered = true;
    }

    /** Returns whether this id is the first or a different one. */
    synchronized boolean accepted(Purchase purchase, String id) {
        Entry entry = entries.get(purchase.number());
        entry.answered = true;
        return entry.ids.add(id);
    }

    /** A client requests the cancellation, whatever the answer is. */
    synchronized void cancelled(String id) {
        cancelled.add(id);
    }

    synchronized Set<String> cancelled() {
        return Set.copyOf(cancelled);
    }

    synchronized List<Request> requests() {
        return entries.entrySet().stream()
                .map(entry -> new Request(
                        Purchase.customer(entry.getKey()),
                        entry.getValue().valid,
                        entry.getValue().answered,
                        Set.copyOf(entry.getValue().ids)))
                .toList();
    }
}
