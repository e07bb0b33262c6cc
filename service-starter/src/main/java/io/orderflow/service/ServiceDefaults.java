package io.orderflow.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Adds {@value #FILE} to the default properties, which {@code application.yml}, a profile and the environment override. (An
 * imported file would override the file that imports it.)
 */
class ServiceDefaults implements EnvironmentPostProcessor, Ordered {

    static final String FILE = "service-defaults.yml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            for (PropertySource<?> source : new YamlPropertySourceLoader().load(FILE, new ClassPathResource(FILE))) {
                DefaultPropertiesPropertySource.addOrMerge(values(source), environment.getPropertySources());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The default properties cannot be read from " + FILE + ".", e);
        }
    }

    private static Map<String, Object> values(PropertySource<?> source) {
        return Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames())
                .collect(Collectors.toMap(name -> name, source::getProperty));
    }

    /** Before profiles are determined, since the file sets the default profile. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
