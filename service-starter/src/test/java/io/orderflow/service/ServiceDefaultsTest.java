package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

class ServiceDefaultsTest {

    @Test
    void migratesTheLibrarysTablesAndTheServicesOwn() {
        assertThat(start().getProperty("spring.flyway.locations"))
                .isEqualTo("classpath:db/messaging,classpath:db/migration");
    }

    @Test
    void aServicesOwnSettingWins() {
        assertThat(start("--spring.config.location=classpath:a-service.yml")
                        .getProperty("spring.datasource.hikari.maximum-pool-size"))
                .isEqualTo("3");
    }

    @Test
    void kafkaIsTheDefaultProfile() {
        assertThat(start().getDefaultProfiles()).containsExactly("kafka");
    }

    /** The environment of an application that has no beans. */
    private static ConfigurableEnvironment start(String... args) {
        SpringApplication application = new SpringApplication(ServiceDefaultsTest.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = application.run(args)) {
            return context.getEnvironment();
        }
    }
}
