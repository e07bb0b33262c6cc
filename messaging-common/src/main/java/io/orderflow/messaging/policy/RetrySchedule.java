package io.orderflow.messaging.policy;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * A fixed schedule of delays, each prolonged by up to {@code jitter} of itself.
 *
 * @param delays after the first failure, the second and so on; the last one is used for all further failures
 * @param jitter from 0 (none) to 1
 */
public record RetrySchedule(List<Duration> delays, double jitter) implements RetryDelays {

    private static final double DEFAULT_JITTER = 0.2;

    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative) || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException(
                    "A retry schedule has at least one delay, none of them negative, and a jitter"
                            + " from 0 to 1; this is " + delays + ", jitter=" + jitter + ".");
        }
    }

    /** A schedule with the default jitter. */
    public RetrySchedule(List<Duration> delays) {
        this(delays, DEFAULT_JITTER);
    }

    @Override
    public Duration first() {
        return delays.get(0);
    }

    @Override
    public Duration longest() {
        return delays.stream().max(Duration::compareTo).orElseThrow();
    }

    @Override
    public Duration after(int failures, DoubleSupplier random) {
        Duration delay = delays.get(Math.min(Math.max(failures, 1), delays.size()) - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + jitter * random.getAsDouble())));
    }

    @Override
    public String toString() {
        return delays.stream().map(RetryPolicy::readable).collect(Collectors.joining(", "));
    }
}
