package io.orderflow.messaging.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.deadletters.DeadLetters;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the dead letters that await an operator, every few seconds at most. */
final class DeadLetterMetrics {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterMetrics.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    private final DeadLetters deadLetters;
    private @Nullable Map<String, Long> unresolved;
    private long countAt = System.nanoTime();

    DeadLetterMetrics(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    void register(MeterRegistry registry, String group) {
        Gauge.builder("messaging.dead.letters.unresolved", this, metrics -> metrics.unresolved(group))
                .description("Dead letters that await an operator")
                .tag("group", group)
                .register(registry);
    }

    /** NaN while the database is unavailable. */
    private synchronized double unresolved(String group) {
        if (System.nanoTime() - countAt >= 0) {
            count();
            countAt = System.nanoTime() + AT_MOST_EVERY.toNanos();
        }
        return unresolved == null ? Double.NaN : unresolved.getOrDefault(group, 0L);
    }

    private void count() {
        try {
            unresolved = deadLetters.waitingByGroup();
        } catch (RuntimeException e) {
            unresolved = null;
            log.debug("Counting dead letters failed: {}", e.getMessage());
        }
    }
}
