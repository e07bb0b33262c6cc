package io.orderflow.service;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Excludes Spring Boot's auto-configuration of tokens without the profile {@code secured}: otherwise a configured key has to exist
 * although nothing needs it.
 */
final class TokensWithSecuredOnly implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String TOKENS = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.";

    private boolean secured = true;

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[autoConfigurations.length];
        for (int i = 0; i < wanted.length; i++) {
            String name = autoConfigurations[i];
            wanted[i] = secured || name == null || !name.startsWith(TOKENS);
        }
        return wanted;
    }

    @Override
    public void setEnvironment(Environment environment) {
        secured = environment.acceptsProfiles(Profiles.of("secured"));
    }
}
