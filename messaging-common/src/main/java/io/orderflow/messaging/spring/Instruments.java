package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.tracing.MessageTracing;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the meters of the application, or defaults, and the failure reporter that all loops share.
 *
 * @param tracing null without a tracer
 */
public record Instruments(
        InstantSource clock,
        MeterRegistry registry,
        @Nullable MessageTracing tracing,
        FailureReporter reporter) {

    /** Runs a task of the library at this interval while the application runs. */
    public PeriodicTask every(Duration interval, String name, Runnable task) {
        return new PeriodicTask(name, task, interval, reporter);
    }
}
