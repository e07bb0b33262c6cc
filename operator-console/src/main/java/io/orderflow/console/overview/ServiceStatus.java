package io.orderflow.console.overview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the overview shows of a service.
 *
 * @param sample the last one; null if the service has not answered since the console started
 * @param unreachable why it did not answer the last time; null if it did
 * @param handledPerSecond of the last interval
 * @param history of handledPerSecond, the oldest first
 */
public record ServiceStatus(
        String name,
        @Nullable ServiceSample sample,
        @Nullable String unreachable,
        double handledPerSecond,
        List<Double> history) {

    /** UP, DOWN, UNREACHABLE, or STARTING before the first answer is known. */
    public String state() {
        if (unreachable != null) {
            return "UNREACHABLE";
        }
        return sample == null ? "STARTING" : sample.health().status();
    }

    public Sparkline sparkline() {
        return new Sparkline(history);
    }
}
