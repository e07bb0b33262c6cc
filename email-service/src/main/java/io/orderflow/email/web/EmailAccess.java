package io.orderflow.email.web;

import static io.orderflow.service.security.Roles.OPERATOR;
import static io.orderflow.service.security.Roles.READER;
import static io.orderflow.service.security.Roles.SERVICE;
import static org.springframework.http.HttpMethod.GET;

import io.orderflow.service.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may send which requests. */
@Configuration(proxyBeanMethods = false)
class EmailAccess {

    @Bean
    AccessRules emailRules() {
        return requests -> requests.requestMatchers(GET, "/emails").hasAnyRole(SERVICE, READER, OPERATOR);
    }
}
