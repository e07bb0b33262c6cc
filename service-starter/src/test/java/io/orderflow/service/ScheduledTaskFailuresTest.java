package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasksObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

@ExtendWith(OutputCaptureExtension.class)
class ScheduledTaskFailuresTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ServiceAutoConfiguration.class,
                    TaskSchedulingAutoConfiguration.class,
                    ObservationAutoConfiguration.class,
                    ScheduledTasksObservationAutoConfiguration.class));

    @Test
    void an_outage_of_the_database_is_logged_in_two_lines_without_a_stack_trace(CapturedOutput output) {
        application.withUserConfiguration(Cleanup.class).run(context -> {
            Cleanup cleanup = context.getBean(Cleanup.class);
            await().until(() -> cleanup.runs.get() > Cleanup.FAILURES + 1);

            assertThat(output).containsOnlyOnce("The database is unavailable for Cleanup.cleanUp");
            assertThat(output).containsOnlyOnce("The database works again");
            assertThat(output).doesNotContain("at " + Cleanup.class.getName());
        });
    }

    @Test
    void a_defect_is_logged_once_with_its_stack_trace(CapturedOutput output) {
        application.withUserConfiguration(Defect.class).run(context -> {
            Defect defect = context.getBean(Defect.class);
            await().until(() -> defect.runs.get() > 3);

            assertThat(output).containsOnlyOnce("Defect.run has failed unexpectedly");
            assertThat(output).containsOnlyOnce("at " + Defect.class.getName() + ".run");
        });
    }

    @EnableScheduling
    static class Cleanup {

        static final int FAILURES = 5;

        private final AtomicInteger runs = new AtomicInteger();

        @Scheduled(fixedDelay = 1)
        void cleanUp() {
            if (runs.getAndIncrement() < FAILURES) {
                throw new CannotGetJdbcConnectionException(
                        "no connection", new java.sql.SQLTransientConnectionException("the pool is exhausted"));
            }
        }
    }

    @EnableScheduling
    static class Defect {

        private final AtomicInteger runs = new AtomicInteger();

        @Scheduled(fixedDelay = 1)
        void run() {
            runs.incrementAndGet();
            throw new IllegalStateException("a defect");
        }
    }
}
