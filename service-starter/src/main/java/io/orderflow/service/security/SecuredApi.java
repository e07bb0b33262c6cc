package io.orderflow.service.security;

import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Requires a token (JWT), or an operator's password, for the public port, under the profile {@value #PROFILE}. Its key is that of Spring Boot's properties {@code
 * spring.security.oauth2.resourceserver.jwt.*}; the service's {@link AccessRules} say which role may send which request.
 */
@AutoConfiguration(after = {OAuth2ResourceServerAutoConfiguration.class, OperatorSecurity.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Profile(SecuredApi.PROFILE)
class SecuredApi {

    static final String PROFILE = "secured";

    /** The issuer of tokens whose key is a file. Other issuers are configured with {@code issuer-uri}, which Spring Boot checks. */
    static final String ISSUER = "orderflow";

    private static final String PROPERTIES = "spring.security.oauth2.resourceserver.jwt.";
    private static final String PUBLIC_KEY = PROPERTIES + "public-key-location";

    /** After all chains that have a matcher. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain securedApi(HttpSecurity http, ObjectProvider<AccessRules> rules, FailedLogins failures) {
        SecurityProblems problems =
                new SecurityProblems("A token is required (Authorization: Bearer).", List.of(SecurityProblems.BEARER));
        // HTTP basic is for the operator's console, which has a password only
        return StatelessRequests.configure(http, problems, failures)
                .authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .requestMatchers("/docs", "/docs/**", "/readyz")
                            .permitAll();
                    rules.orderedStream().forEach(each -> each.addTo(requests));
                    requests.anyRequest().denyAll();
                })
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems))
                .build();
    }

    /** Beside Spring Boot's checks of time and audience: a token without an end would be valid for ever. */
    @Bean
    OAuth2TokenValidator<Jwt> tokenExpires() {
        return new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull);
    }

    @Bean
    OAuth2TokenValidator<Jwt> tokenHasSubject() {
        return new JwtClaimValidator<>(JwtClaimNames.SUB, Objects::nonNull);
    }

    @Bean
    @ConditionalOnProperty(PUBLIC_KEY)
    OAuth2TokenValidator<Jwt> tokenIssuer() {
        return new JwtIssuerValidator(ISSUER);
    }

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder missingKey() {
        throw new IllegalStateException("The profile " + PROFILE + " needs the key of the tokens: set " + PUBLIC_KEY
                + " to a file with a public key, or " + PROPERTIES + "issuer-uri to the address of an issuer.");
    }
}
