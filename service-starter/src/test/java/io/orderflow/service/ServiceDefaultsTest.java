package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

class ServiceDefaultsTest {

    @Test
    void queries_have_a_timeout() {
        assertThat(start().getProperty("spring.jdbc.template.query-timeout")).isEqualTo("10s");
    }

    @Test
    void settings_of_a_service_take_precedence() {
        assertThat(start("--spring.config.location=classpath:a-service.yml")
                        .getProperty("spring.datasource.hikari.maximum-pool-size"))
                .isEqualTo("3");
    }

    @Test
    void kafka_is_the_default_profile() {
        assertThat(start().getDefaultProfiles()).containsExactly("kafka");
    }

    /** The library needs up to 23 s of the 30 s in which platforms expect a process to end. */
    @Test
    void requests_in_flight_do_not_delay_the_shutdown_too_long() {
        assertThat(start().getProperty("spring.lifecycle.timeout-per-shutdown-phase", Duration.class))
                .isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    /** The environment of an application that has no beans. */
    private static ConfigurableEnvironment start(String... args) {
        try (ConfigurableApplicationContext context = run(ServiceDefaultsTest.class, args)) {
            return context.getEnvironment();
        }
    }

    private static ConfigurableApplicationContext run(Class<?> configuration, String... args) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        return application.run(args);
    }
}
