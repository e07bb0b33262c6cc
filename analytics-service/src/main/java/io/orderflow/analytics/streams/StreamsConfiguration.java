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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

/** Runs the topology; its settings are in {@code spring.kafka.streams.*}. */
@Configuration(proxyBeanMethods = false)
@EnableKafkaStreams
@Conditional(KafkaStreamsChosen.class)
class StreamsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StreamsConfiguration.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Autowired
    void addTopology(
            StreamsBuilder builder,
            Rules rules,
            InstantSource clock,
            @Value("${messaging.inbox.retention:7d}") Duration duplicatesWithin) {
        new OrderTopology(rules, clock, duplicatesWithin).addTo(builder);
    }

    /** A thread that fails is replaced: after a transaction that was aborted, or where a topic does not exist yet. */
    @Bean
    StreamsBuilderFactoryBeanConfigurer restartOnFailure() {
        return factory -> factory.setStreamsUncaughtExceptionHandler(failure -> {
            log.warn("The topology failed and is started again after {} s.", PAUSE.toSeconds(), failure);
            LockSupport.parkNanos(PAUSE.toNanos());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }
}
