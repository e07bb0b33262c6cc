package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.deadletters.DeadLetters;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many dead letters wait for people; counted seldom, so that being watched costs the database nothing. */
final class DeadLetterMetrics {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterMetrics.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    private final DeadLetters deadLetters;
    private @Nullable Map<String, Long> waiting;
    private long countAt = System.nanoTime();

    DeadLetterMetrics(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    void register(MeterRegistry registry, String group) {
        Gauge.builder("messaging.dead.letters.waiting", this, metrics -> metrics.waiting(group))
                .description("Dead letters that nobody has decided about")
                .tag("group", group)
                .register(registry);
    }

    /** Not a number while the database does not say. */
    private synchronized double waiting(String group) {
        if (System.nanoTime() - countAt >= 0) {
            count();
            countAt = System.nanoTime() + AT_MOST_EVERY.toNanos();
        }
        return waiting == null ? Double.NaN : waiting.getOrDefault(group, 0L);
    }

    private void count() {
        try {
            waiting = deadLetters.waitingByGroup();
        } catch (RuntimeException e) {
            waiting = null;
            log.debug("The dead letters were not counted: {}", e.getMessage());
        }
    }
}
