package io.orderflow.messaging.spring;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Excludes Spring Boot's auto-configurations of the clients of all brokers that are not used, so that no other client is configured,
 * connected or health-checked. An application that needs one for something else (Redis as a cache) sets {@value #KEEP}.
 */
final class ChosenBrokerOnly implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

    static final String KEEP = "messaging.keep-other-clients";

    private @Nullable Environment environment;
    private @Nullable ClassLoader classLoader;

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[autoConfigurations.length];
        boolean all = environment == null || classLoader == null || environment.getProperty(KEEP, Boolean.class, false);
        KnownBrokers known = all ? new KnownBrokers(Map.of()) : KnownBrokers.onClasspath(classLoader);
        Set<String> inUse = all ? Set.of() : known.inUse(environment);
        for (int i = 0; i < wanted.length; i++) {
            String each = autoConfigurations[i];
            wanted[i] = inUse.isEmpty() || each == null || !known.isOfAnother(inUse, each);
        }
        return wanted;
    }

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }
}
