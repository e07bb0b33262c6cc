package io.orderflow.messaging.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The brokers of the adapters on the classpath, as listed in {@value #LOCATION}, each with the package of its client's
 * auto-configurations.
 */
record KnownBrokers(Map<String, String> clientPackages) {

    static final String LOCATION = "META-INF/messaging-brokers.properties";

    static KnownBrokers onClasspath(ClassLoader classLoader) {
        try {
            return new KnownBrokers(PropertiesLoaderUtils.loadAllProperties(LOCATION, classLoader).entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().toString(),
                            entry -> entry.getValue().toString(),
                            (a, b) -> a,
                            TreeMap::new)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + LOCATION + " on the classpath.", e);
        }
    }

    boolean contains(String name) {
        return clientPackages.containsKey(name);
    }

    /** Whether an auto-configuration belongs to the client of another broker than the chosen one. */
    boolean isOfAnother(String chosen, String autoConfiguration) {
        return clientPackages.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().equals(chosen)
                        && !entry.getValue().isEmpty()
                        && autoConfiguration.startsWith(entry.getValue() + "."));
    }

    String names() {
        return String.join(", ", clientPackages.keySet());
    }
}
