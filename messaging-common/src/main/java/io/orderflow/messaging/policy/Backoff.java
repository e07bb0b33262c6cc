package io.orderflow.messaging.policy;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off from {@code first} to {@code longest}, each delay varied by up to {@code jitter} of itself in both
 * directions.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer, jitter apart
 * @param jitter from 0 (none) to 1
 */
public record Backoff(Duration first, Duration longest, double jitter) implements RetryDelays {

    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("A back-off grows from a pause that is not negative to one that is not"
                    + " shorter, with a jitter from 0 to 1; this is first=" + first + ", longest=" + longest
                    + ", jitter=" + jitter + ".");
        }
    }

    @Override
    public Duration after(int failures, DoubleSupplier random) {
        double grown = first.toMillis() * Math.pow(2, Math.min(Math.max(failures, 1) - 1, 40));
        double bounded = Math.min(grown, longest.toMillis());
        double varied = bounded * (1 + jitter * (2 * random.getAsDouble() - 1));
        return Duration.ofMillis(Math.round(varied));
    }

    @Override
    public String toString() {
        return RetryPolicy.readable(first) + " to " + RetryPolicy.readable(longest);
    }
}
