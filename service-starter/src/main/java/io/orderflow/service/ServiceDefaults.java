package io.orderflow.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * Adds {@value #FILE} as the last property source: whatever a service's own {@code application.yml}, a profile or the
 * environment says wins over it. (A file of {@code spring.config.import} would win over the file that imports it.)
 */
class ServiceDefaults implements EnvironmentPostProcessor {

    static final String FILE = "service-defaults.yml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            new YamlPropertySourceLoader()
                    .load(FILE, new ClassPathResource(FILE))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException("The shared defaults cannot be read from " + FILE + ".", e);
        }
    }
}
