package io.orderflow.messaging.outbox;

import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.supervision.FailureReporter;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The topics that cannot be sent to at present, and when each is tried again. */
final class TopicOutages {

    /** @param tryAt on the monotonic clock */
    record Outage(Instant since, Throwable cause, int failures, long tryAt) {}

    private final Map<String, Outage> outages = new ConcurrentHashMap<>();
    private final Backoff backoff;
    private final FailureReporter reporter;

    TopicOutages(Backoff backoff, FailureReporter reporter) {
        this.backoff = backoff;
        this.reporter = reporter;
    }

    void failed(String topic, Throwable cause) {
        Outage before = outages.get(topic);
        int failures = before == null ? 1 : before.failures() + 1;
        long pause =
                backoff.after(failures, ThreadLocalRandom.current()::nextDouble).toNanos();
        Instant since = before == null ? Instant.now() : before.since();
        outages.put(topic, new Outage(since, cause, failures, System.nanoTime() + pause));
        reporter.failed(component(topic), cause);
    }

    void recovered(String topic) {
        if (outages.remove(topic) != null) {
            reporter.recovered(component(topic));
        }
    }

    boolean has(String topic) {
        return outages.containsKey(topic);
    }

    boolean any() {
        return !outages.isEmpty();
    }

    /** The topics that are not to be tried yet. */
    List<String> backingOff() {
        long now = System.nanoTime();
        return outages.entrySet().stream()
                .filter(each -> each.getValue().tryAt() - now > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Forgets all other topics: no rows are left for them, so they are not tried again. */
    void keepOnly(Collection<String> topics) {
        List.copyOf(outages.keySet()).stream()
                .filter(topic -> !topics.contains(topic))
                .forEach(topic -> {
                    outages.remove(topic);
                    reporter.forget(component(topic));
                });
    }

    /** The one that began first. */
    @Nullable
    Outage oldest() {
        return outages.values().stream()
                .min(Comparator.comparing(Outage::since))
                .orElse(null);
    }

    private static String component(String topic) {
        return "outbox-relay for topic " + topic;
    }
}
