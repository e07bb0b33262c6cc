package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.supervision.FailureReporter;
import java.time.Duration;
import java.time.InstantSource;

/** The clock and the meters of the application, or defaults, and the failure reporter that all loops share. */
public record Instruments(InstantSource clock, MeterRegistry registry, FailureReporter reporter) {

    /** Runs a task of the library at this interval while the application runs. */
    public PeriodicTask every(Duration interval, String name, Runnable task) {
        return new PeriodicTask(name, task, interval, reporter);
    }
}
