package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.claimcheck.PayloadStore;
import io.orderflow.messaging.payloads.JdbcPayloadStore;
import io.orderflow.messaging.payloads.PayloadCleanup;
import io.orderflow.messaging.payloads.PayloadEndpoint;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.MessagingAutoConfiguration;
import io.orderflow.messaging.spring.MessagingProperties;
import io.orderflow.messaging.spring.PeriodicTask;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Payloads that travel by reference: their store, its cleanup, and the endpoint that receivers fetch them from. */
@AutoConfiguration(before = MessagingAutoConfiguration.class, after = JdbcMessagingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
public class PayloadsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PayloadStore payloadStore(MessagingDatabase database) {
        return new JdbcPayloadStore(database.dataSource());
    }

    @Bean
    PeriodicTask payloadCleanup(MessagingDatabase database, MessagingProperties properties, Instruments instruments) {
        return instruments.every(
                Duration.ofMinutes(15),
                "payload-cleanup",
                new PayloadCleanup(database.dataSource(), properties.payloads().retention()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("messaging.payloads.token")
    @ConditionalOnClass(RouterFunction.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class EndpointConfiguration {

        @Bean
        RouterFunction<ServerResponse> payloadRoute(PayloadStore store, MessagingProperties properties) {
            String token = Objects.requireNonNull(properties.payloads().token(), "the condition");
            return new PayloadEndpoint(store, token).route();
        }
    }
}
