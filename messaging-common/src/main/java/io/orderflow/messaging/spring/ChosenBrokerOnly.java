package io.orderflow.messaging.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Excludes Spring Boot's auto-configurations of the clients of all brokers but the chosen one, so that no other client is configured,
 * connected or health-checked. An application that needs one for something else (Redis as a cache) sets {@value #KEEP}.
 */
final class ChosenBrokerOnly implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

    static final String KEEP = "messaging.keep-other-clients";

    private @Nullable Environment environment;
    private @Nullable ClassLoader classLoader;

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[autoConfigurations.length];
        String chosen = environment == null ? null : environment.getProperty(BrokerChoice.PROPERTY);
        boolean all = chosen == null || classLoader == null || environment.getProperty(KEEP, Boolean.class, false);
        KnownBrokers known = all ? null : KnownBrokers.onClasspath(classLoader);
        for (int i = 0; i < wanted.length; i++) {
            String each = autoConfigurations[i];
            wanted[i] = known == null || each == null || !known.isOfAnother(chosen, each);
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
