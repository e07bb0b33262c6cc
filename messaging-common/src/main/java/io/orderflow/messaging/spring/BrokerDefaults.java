package io.orderflow.messaging.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Adds the defaults that adapters bring on the classpath, with the lowest precedence: Spring Boot's settings of the chosen
 * broker's client, and the log levels of all clients.
 */
final class BrokerDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String CLIENT = "META-INF/messaging-defaults/%s.properties";
    private static final String LOG_LEVELS = "META-INF/messaging-log-levels.properties";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        KnownBrokers.onClasspath(application.getClassLoader())
                .inUse(environment)
                .forEach(name ->
                        add("defaults of messaging for " + name, CLIENT.formatted(name), environment, application));
        add("log levels of messaging", LOG_LEVELS, environment, application);
    }

    private static void add(
            String name, String location, ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment
                    .getPropertySources()
                    .addLast(new PropertiesPropertySource(
                            name, PropertiesLoaderUtils.loadAllProperties(location, application.getClassLoader())));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + location + " on the classpath.", e);
        }
    }

    /** After {@link BrokerChoice}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
