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
 * Configures Spring Boot's part of the chosen broker's client as the files {@code META-INF/messaging-defaults/<broker>} on
 * the classpath say, where an application says nothing.
 */
final class BrokerDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String LOCATION = "META-INF/messaging-defaults/%s.properties";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String location = LOCATION.formatted(environment.getProperty(BrokerChoice.PROPERTY));
        try {
            environment
                    .getPropertySources()
                    .addLast(new PropertiesPropertySource(
                            "defaults of messaging for the broker",
                            PropertiesLoaderUtils.loadAllProperties(location, application.getClassLoader())));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + location + " on the classpath.", e);
        }
    }

    /** When the broker is known. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
