package io.orderflow.messaging.request;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts replies by what became of them, and remembers the latest requests to tell a late reply from a duplicate or an unknown one. */
final class ReplyMetrics {

    private static final int REMEMBERED = 10_000;

    private final MeterRegistry registry;
    private final Map<String, Boolean> timedOut = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    ReplyMetrics(MeterRegistry registry, Map<String, ?> pending) {
        this.registry = registry;
        Gauge.builder("messaging.requests.pending", pending, Map::size)
                .description("Requests that wait for a reply")
                .register(registry);
    }

    void finished(String request, boolean late) {
        timedOut.put(request, late);
    }

    void received() {
        count("received");
    }

    void dropped(@Nullable String request) {
        Boolean late = request == null ? null : timedOut.get(request);
        count(late == null ? "unknown" : late ? "late" : "duplicate");
    }

    private void count(String result) {
        Counter.builder("messaging.replies")
                .description("Replies: received, or dropped because they are late, a duplicate or unknown")
                .tag("result", result)
                .register(registry)
                .increment();
    }
}
