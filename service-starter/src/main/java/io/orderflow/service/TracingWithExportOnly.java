package io.orderflow.service;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Excludes Spring Boot's auto-configurations of tracing unless spans are exported: otherwise they create spans, and read and write
 * trace contexts, of which nobody sees anything.
 */
final class TracingWithExportOnly implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String EXPORT = "management.tracing.export.enabled";

    private boolean exported = true;

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[autoConfigurations.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = exported || !isOfTracing(autoConfigurations[i]);
        }
        return wanted;
    }

    private static boolean isOfTracing(@Nullable String name) {
        return name != null
                && (name.startsWith("org.springframework.boot.micrometer.tracing.")
                        || name.startsWith("org.springframework.boot.opentelemetry.")
                        || name.startsWith("org.springframework.boot.zipkin."));
    }

    @Override
    public void setEnvironment(Environment environment) {
        exported = environment.getProperty(EXPORT, Boolean.class, true);
    }
}
