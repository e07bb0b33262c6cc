package io.orderflow.analytics.streams;

import io.orderflow.analytics.KafkaStreamsChosen;
import io.orderflow.analytics.domain.Rules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.config.KafkaStreamsInfrastructureCustomizer;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;
import org.springframework.kafka.core.KafkaAdmin;

/** Runs the topology; its settings are in {@code spring.kafka.streams.*}. */
@Configuration(proxyBeanMethods = false)
@EnableKafkaStreams
@Conditional(KafkaStreamsChosen.class)
class StreamsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StreamsConfiguration.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Bean
    OrderTopology orderTopology(
            Rules rules, InstantSource clock, @Value("${messaging.inbox.retention:7d}") Duration duplicatesWithin) {
        return new OrderTopology(rules, clock, duplicatesWithin);
    }

    @Bean
    StreamsBuilderFactoryBeanConfigurer topologyConfigurer(OrderTopology topology) {
        return factory -> {
            factory.setInfrastructureCustomizer(new KafkaStreamsInfrastructureCustomizer() {
                @Override
                public void configureBuilder(StreamsBuilder builder) {
                    topology.addTo(builder);
                }
            });
            factory.setAutoStartup(false);
            factory.setStreamsUncaughtExceptionHandler(StreamsConfiguration::startAgain);
        };
    }

    @Bean
    TopologyStart topologyStart(StreamsBuilderFactoryBean factory, KafkaAdmin kafka) {
        return new TopologyStart(factory, kafka, OrderTopology.SOURCES);
    }

    /** Called by the thread that failed: because another instance has taken over its tasks, for example. */
    private static StreamThreadExceptionResponse startAgain(Throwable failure) {
        log.warn("The topology failed. It continues from its last commit in {} s.", PAUSE.toSeconds(), failure);
        LockSupport.parkNanos(PAUSE.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
