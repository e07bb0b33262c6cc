package io.orderflow.service;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.orderflow.messaging.supervision.FailureReporter;
import java.time.InstantSource;
import org.springframework.scheduling.support.ScheduledTaskObservationContext;

/**
 * Reports failures of {@code @Scheduled} methods as the library reports those of its loops: an outage of the database is logged
 * when it begins, once a minute while it lasts and when it is over, anything else with its stack trace. The method runs again
 * at its next time.
 */
final class ScheduledTaskFailures implements ObservationHandler<ScheduledTaskObservationContext> {

    private final FailureReporter reporter;

    ScheduledTaskFailures(InstantSource clock) {
        reporter = new FailureReporter(clock);
    }

    @Override
    public void onStop(ScheduledTaskObservationContext task) {
        String name =
                task.getTargetClass().getSimpleName() + "." + task.getMethod().getName();
        Throwable failure = task.getError();
        if (failure == null) {
            reporter.recovered(name);
        } else {
            reporter.failed(name, failure);
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ScheduledTaskObservationContext;
    }
}
