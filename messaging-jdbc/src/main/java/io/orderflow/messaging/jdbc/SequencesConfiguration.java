package io.orderflow.messaging.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.orderflow.messaging.sequence.JdbcSequences;
import io.orderflow.messaging.sequence.SequenceGaps;
import io.orderflow.messaging.sequence.Sequences;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.PeriodicTask;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The numbers of events that subscriptions have handled, and the gaps in them. */
@Configuration(proxyBeanMethods = false)
class SequencesConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Sequences sequences(MessagingDatabase database) {
        return new JdbcSequences(database.dataSource());
    }

    @Bean
    PeriodicTask sequenceGaps(MessagingDatabase database, JdbcMessagingProperties properties, Instruments instruments) {
        SequenceGaps gaps = new SequenceGaps(
                database.dataSource(),
                properties.sequences().grace(),
                properties.sequences().gapRetention(),
                properties.sequences().retention());
        Gauge.builder("messaging.sequence.gaps", gaps, SequenceGaps::open)
                .description("Keys of which an event is missing, though later ones have been handled")
                .register(instruments.registry());
        return instruments.every(Duration.ofMinutes(1), "sequence-gaps", gaps);
    }
}
