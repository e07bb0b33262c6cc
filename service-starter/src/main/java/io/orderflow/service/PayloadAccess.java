package io.orderflow.service;

import io.orderflow.messaging.claimcheck.PayloadStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Leaves requests for payloads to their endpoint, which requires {@code messaging.payloads.token}: services fetch them, and not users. */
@AutoConfiguration
@ConditionalOnProperty("messaging.payloads.token")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class PayloadAccess {

    @Bean
    @Order(1)
    SecurityFilterChain payloads(HttpSecurity http) {
        return http.securityMatcher(PayloadStore.PATH + "*")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
