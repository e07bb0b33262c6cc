package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ClientLogLevelsTest {

    private static final String KAFKA = "logging.level.org.apache.kafka";
    private static final String REDIS = "logging.level.io.lettuce.core.protocol";

    @Test
    void clients_are_quiet_unless_an_application_wants_to_hear_them() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("an application's", Map.<String, Object>of(KAFKA, "debug")));

        new BrokerDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty(REDIS)).isEqualTo("error");
        assertThat(environment.getProperty(KAFKA)).isEqualTo("debug");
    }
}
