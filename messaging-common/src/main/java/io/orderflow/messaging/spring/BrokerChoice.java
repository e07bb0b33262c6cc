package io.orderflow.messaging.spring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets a Spring profile named after a broker set {@code messaging.broker}, and sets {@value KnownBrokers#IN_USE}{@code <name>} for each
 * broker that is named, there or for a topic: the adapters' condition. The start fails if the choice is missing, unknown or
 * contradictory.
 */
final class BrokerChoice implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY = "messaging.broker";

    private static final String ACTION = "Correct " + PROPERTY + " or the active Spring profiles, and start again.";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        KnownBrokers known = KnownBrokers.onClasspath(application.getClassLoader());
        List<String> active = named(environment.getActiveProfiles(), known);
        String property = environment.getProperty(PROPERTY);
        if (active.size() > 1) {
            throw invalid("The Spring profiles " + active + " each choose a broker; activate one of them.");
        }
        if (property != null && !active.isEmpty() && !active.get(0).equals(property)) {
            throw invalid("The Spring profile '" + active.get(0) + "' chooses one broker and " + PROPERTY + "="
                    + property + " another; keep one of the two.");
        }
        String chosen = property != null ? property : first(active, named(environment.getDefaultProfiles(), known));
        if (chosen == null) {
            throw invalid("No broker is chosen. Set " + PROPERTY + " to one of: " + known.names()
                    + "; or activate the Spring profile of that name.");
        }
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("broker of the Spring profile", Map.of(PROPERTY, chosen)));
        addBrokersInUse(environment, known);
    }

    private static void addBrokersInUse(ConfigurableEnvironment environment, KnownBrokers known) {
        Map<String, Object> inUse = new HashMap<>();
        ConfiguredBrokers.of(environment).byProperty().forEach((property, name) -> {
            if (!known.contains(name)) {
                throw invalid(property + " is '" + name + "', and no adapter has that name. Set it to one of: "
                        + known.names() + ".");
            }
            inUse.put(KnownBrokers.IN_USE + name, true);
        });
        environment.getPropertySources().addLast(new MapPropertySource("brokers in use", inUse));
    }

    static InvalidSettingException invalid(String message) {
        return new InvalidSettingException(message, ACTION);
    }

    private static List<String> named(String[] profiles, KnownBrokers known) {
        return Arrays.stream(profiles).filter(known::contains).toList();
    }

    private static @Nullable String first(List<String> active, List<String> byDefault) {
        if (!active.isEmpty()) {
            return active.get(0);
        }
        return byDefault.isEmpty() ? null : byDefault.get(0);
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
