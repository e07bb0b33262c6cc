package io.orderflow.service.security;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Restricts the management port, except health and info: readers look, operators change. They have an account of HTTP basic or, under
 * the profile {@code secured}, a token. Other requests to the public port are not affected.
 */
@AutoConfiguration(
        before = {UserDetailsServiceAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class},
        beforeName =
                "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(OperatorProperties.class)
class OperatorSecurity {

    private static final String[] REDRIVES = {"/dead-letters/redrives", "/dead-letters/redrives/*"};

    /** Its response contains the content of a message, which readers do not see. Whatever is accepted as an id. */
    private static final String CONTENT = "/dead-letters/*";

    private static final Logger log = LoggerFactory.getLogger(OperatorSecurity.class);

    @Bean
    @Order(0)
    SecurityFilterChain managementSecurity(
            HttpSecurity http,
            Environment environment,
            OperatorProperties operator,
            FailedLogins failures,
            ObjectProvider<OperatorRequests> others) {
        boolean tokens = environment.matchesProfiles(SecuredApi.PROFILE);
        SecurityProblems problems = problems(operator, tokens);
        List<RequestMatcher> operators = new ArrayList<>();
        operators.add(new ManagementRequests(ManagementPortType.get(environment)));
        others.forEach(each -> operators.add(each.matcher()));
        if (tokens) {
            http.oauth2ResourceServer(
                    server -> server.jwt(Customizer.withDefaults()).authenticationEntryPoint(problems));
        }
        return StatelessRequests.configure(http, problems, failures)
                .securityMatcher(new OrRequestMatcher(operators))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                EndpointRequest.to(HealthEndpoint.class, InfoEndpoint.class))
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, REDRIVES)
                        .hasAnyRole(Roles.READER, Roles.OPERATOR)
                        .requestMatchers(HttpMethod.GET, CONTENT)
                        .hasRole(Roles.OPERATOR)
                        .requestMatchers(HttpMethod.GET)
                        .hasAnyRole(Roles.READER, Roles.OPERATOR)
                        .anyRequest()
                        .hasRole(Roles.OPERATOR))
                .build();
    }

    private static SecurityProblems problems(OperatorProperties operator, boolean tokens) {
        if (tokens) {
            return new SecurityProblems(
                    "Operator credentials are required (HTTP basic, or a token).",
                    List.of(SecurityProblems.BASIC, SecurityProblems.BEARER));
        }
        return new SecurityProblems(
                operator.isClosed()
                        ? "No operator is configured. Set orderflow.operator.password and restart the service."
                        : "Operator credentials are required (HTTP basic).",
                List.of(SecurityProblems.BASIC));
    }

    @Bean
    FailedLogins failedLogins(Clock clock) {
        return new FailedLogins(clock);
    }

    @Bean
    @ConditionalOnMissingBean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    @ConditionalOnMissingBean
    UserDetailsService operators(OperatorProperties operator, PasswordEncoder encoder) {
        if (operator.isClosed()) {
            log.info("Operators have no access to the management port: orderflow.operator.password is not set.");
        }
        return new InMemoryUserDetailsManager(operator.accounts(encoder));
    }
}
