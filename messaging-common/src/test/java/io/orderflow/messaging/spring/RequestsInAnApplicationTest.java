package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.request.Replies;
import io.orderflow.messaging.request.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two instances that ask and one that answers, on one broker in memory. */
class RequestsInAnApplicationTest {

    record Asked(int number) {}

    record Squared(int number) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final MessageBroker broker = new MemoryBroker();

    @Test
    void each_instance_gets_the_replies_to_its_own_requests() {
        try (var responder = start(Responder.class, "squares");
                var one = start(Requester.class, "shop");
                var other = start(Requester.class, "shop")) {
            var reply = one.getBean(Requests.class).send(new Asked(3), Squared.class, TIMEOUT);
            var otherReply = other.getBean(Requests.class).send(new Asked(4), Squared.class, TIMEOUT);

            assertThat(reply.join()).isEqualTo(new Squared(9));
            assertThat(otherReply.join()).isEqualTo(new Squared(16));
        }
    }

    @Test
    void an_application_that_sends_no_requests_receives_no_replies() {
        try (var responder = start(Responder.class, "squares")) {
            assertThat(responder.getBeanProvider(Requests.class).getIfAvailable())
                    .isNull();
        }
    }

    private ConfigurableApplicationContext start(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .initializers(context -> context.getBeanFactory().registerSingleton("broker", broker))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("messaging.broker=memory", "messaging.database.enabled=false")
                .run("--spring.application.name=" + name, "--messaging.requests.enabled=" + name.equals("shop"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Requester {

        @Bean
        EventType<Asked> asked() {
            return EventType.of(Asked.class, "asked.v1", "squares", each -> "k");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Responder {

        @Bean
        EventSubscription squares(Replies replies) {
            return EventSubscription.of("squares", "squares")
                    .on(Asked.class, "asked.v1", replies.with("squared.v1", Squared.class, this::square));
        }

        private Squared square(Asked asked) {
            return new Squared(asked.number() * asked.number());
        }
    }
}
