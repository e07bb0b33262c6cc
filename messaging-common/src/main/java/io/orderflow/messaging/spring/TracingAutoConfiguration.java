package io.orderflow.messaging.spring;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.brokers.Route;
import io.orderflow.messaging.tracing.MessageTracing;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Spans of messages, in an application with Micrometer's {@link Tracer} and a {@link Propagator}. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration"
        })
@ConditionalOnClass(Tracer.class)
public class TracingAutoConfiguration {

    @Bean
    @ConditionalOnBean({Tracer.class, Propagator.class})
    MessageTracing messageTracing(Tracer tracer, Propagator propagator, Brokers brokers) {
        return new MessageTracing(tracer, propagator, topic -> system(brokers.of(Topic.named(topic))));
    }

    private static String system(Route route) {
        String name = route.broker().traits().name();
        return name.equals("sqs") ? "aws_sqs" : name;
    }
}
