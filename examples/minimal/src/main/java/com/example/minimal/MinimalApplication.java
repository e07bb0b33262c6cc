package com.example.minimal;

import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Publishes one event at its start, and handles it. */
@SpringBootApplication
public class MinimalApplication {

    private static final Logger log = LoggerFactory.getLogger(MinimalApplication.class);

    public record Greeting(String name) {}

    @Bean
    EventType<Greeting> greeting() {
        return EventType.of(Greeting.class, "greeting.v1", "greetings", Greeting::name);
    }

    @Bean
    EventSubscription greetings() {
        return EventSubscription.of("greetings", "printer")
                .on(Greeting.class, "greeting.v1", (greeting, context) -> log.info("Hello, {}!", greeting.name()));
    }

    @Bean
    ApplicationRunner greet(EventPublisher events) {
        return arguments -> events.publish(new Greeting("world"));
    }

    public static void main(String[] arguments) {
        SpringApplication.run(MinimalApplication.class, arguments);
    }
}
