package io.orderflow.messaging.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** Quiets the brokers' clients as the files {@value #LOCATION} on the classpath say, where an application says nothing. */
final class ClientLogLevels implements EnvironmentPostProcessor {

    static final String LOCATION = "META-INF/messaging-log-levels.properties";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment
                    .getPropertySources()
                    .addLast(new PropertiesPropertySource(
                            "log levels of messaging",
                            PropertiesLoaderUtils.loadAllProperties(LOCATION, application.getClassLoader())));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + LOCATION + " on the classpath.", e);
        }
    }
}
