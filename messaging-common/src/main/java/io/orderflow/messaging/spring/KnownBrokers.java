package io.orderflow.messaging.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The brokers of the adapters on the classpath, as listed in {@value #LOCATION}, each with the package of its client's
 * auto-configurations.
 */
record KnownBrokers(Map<String, String> clientPackages) {

    /** With a broker's name, the property that is true if the configuration names it. */
    static final String IN_USE = "messaging.brokers.";

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

    /** Those that the configuration names; only the chosen one if a test chose it after {@link BrokerChoice} had run. */
    Set<String> inUse(Environment environment) {
        return clientPackages.keySet().stream()
                .filter(name -> name.equals(environment.getProperty(BrokerChoice.PROPERTY))
                        || environment.getProperty(IN_USE + name, Boolean.class, false))
                .collect(Collectors.toSet());
    }

    /** Whether an auto-configuration belongs to the client of another broker than these. */
    boolean isOfAnother(Set<String> inUse, String autoConfiguration) {
        return clientPackages.entrySet().stream()
                .anyMatch(entry -> !inUse.contains(entry.getKey())
                        && !entry.getValue().isEmpty()
                        && autoConfiguration.startsWith(entry.getValue() + "."));
    }

    String names() {
        return String.join(", ", clientPackages.keySet());
    }
}
