package io.orderflow.service.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * What the chains of both ports have in common: HTTP basic with limited attempts, problem details, and no sessions. So there are no
 * CSRF tokens: {@link CrossOriginFilter} refuses what a browser sends for other pages, with the password that it remembers.
 */
final class StatelessRequests {

    private StatelessRequests() {}

    static HttpSecurity configure(HttpSecurity http, SecurityProblems problems, FailedLogins failures) {
        return http.httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .addFilterBefore(new CrossOriginFilter(), BasicAuthenticationFilter.class)
                .addFilterBefore(new LoginThrottle(failures), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }
}
