package io.orderflow.console.security;

import io.orderflow.console.services.OperatorAccount;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;

/** Readers look, operators change. Every page needs a login; every change needs a CSRF token. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {

    static final String OPERATOR = "OPERATOR";
    static final String READER = "READER";

    /** Nothing but the console's own scripts and styles, and no inline ones: payloads of messages cannot become code. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    SecurityFilterChain pages(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/actuator/health/**", "/console.css", "/icon.svg", "/webjars/**", "/login", "/error")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET)
                        .hasAnyRole(OPERATOR, READER)
                        .anyRequest()
                        .hasRole(OPERATOR))
                .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/"))
                .logout(logout -> logout.logoutSuccessUrl("/login"))
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                        // the parts of a page that refresh themselves: the whole page has to go to the login
                        (request, response, e) -> {
                            response.setHeader("HX-Refresh", "true");
                            response.setStatus(HttpStatus.UNAUTHORIZED.value());
                        },
                        new RequestHeaderRequestMatcher("HX-Request")))
                .headers(headers ->
                        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserDetailsService users(OperatorAccount account, PasswordEncoder encoder) {
        List<UserDetails> users = new ArrayList<>();
        users.add(User.withUsername(account.user())
                .password(encoder.encode(account.secret()))
                .roles(OPERATOR)
                .build());
        String readerPassword = account.readerPassword();
        if (readerPassword != null && !readerPassword.isBlank()) {
            users.add(User.withUsername("reader")
                    .password(encoder.encode(readerPassword))
                    .roles(READER)
                    .build());
        }
        return new InMemoryUserDetailsManager(users);
    }
}
