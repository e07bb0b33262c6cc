package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServiceDefaultsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void migratesTheLibrarysTablesAndTheServicesOwn() {
        addDefaults();
        assertThat(environment.getProperty("spring.flyway.locations"))
                .isEqualTo("classpath:db/messaging,classpath:db/migration");
    }

    @Test
    void aServicesOwnSettingWins() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "application.yml", Map.of("spring.datasource.hikari.maximum-pool-size", "3")));
        addDefaults();
        assertThat(environment.getProperty("spring.datasource.hikari.maximum-pool-size"))
                .isEqualTo("3");
    }

    private void addDefaults() {
        new ServiceDefaults().postProcessEnvironment(environment, new SpringApplication());
    }
}
