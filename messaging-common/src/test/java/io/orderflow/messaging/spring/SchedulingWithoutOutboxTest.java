package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.events.ScheduledEvents;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SchedulingWithoutOutboxTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withPropertyValues("messaging.broker=memory");

    @Test
    void an_application_that_schedules_events_does_not_start() {
        application
                .withUserConfiguration(Scheduling.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidSettingException.class, failure -> {
                            assertThat(failure).hasMessageContaining("cannot be scheduled without an outbox");
                            assertThat(failure.action()).contains("messaging-jdbc");
                        }));
    }

    @Test
    void another_one_starts() {
        application
                .withUserConfiguration(Application.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Scheduling {

        @Bean
        String user(ScheduledEvents events) {
            return events.toString();
        }
    }
}
