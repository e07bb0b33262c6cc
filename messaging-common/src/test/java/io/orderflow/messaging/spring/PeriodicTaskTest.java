package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

    private static final Duration INTERVAL = Duration.ofMinutes(15);

    private static final LoopControl CONTROL = new LoopControl() {
        @Override
        public boolean isStopping() {
            return false;
        }

        @Override
        public void progress() {}

        @Override
        public void sleep(Duration pause) {}
    };

    private final AtomicInteger runs = new AtomicInteger();
    private final PeriodicTask task =
            new PeriodicTask("cleanup", runs::incrementAndGet, INTERVAL, new FailureReporter(InstantSource.system()));

    @Test
    void runs_for_the_first_time_after_one_interval() {
        assertThat(task.run(CONTROL)).isEqualTo(Round.after(INTERVAL));
        assertThat(runs).hasValue(0);
        assertThat(task.run(CONTROL)).isEqualTo(Round.after(INTERVAL));
        assertThat(runs).hasValue(1);
    }
}
