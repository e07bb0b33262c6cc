package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.events.OutboxEventPublisher;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.InboxCleanup;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.ordering.DueKeys;
import io.orderflow.messaging.ordering.HeldKeys;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.OutboxSetAside;
import io.orderflow.messaging.outbox.RelayOptions;
import io.orderflow.messaging.policy.SetAside;
import io.orderflow.messaging.quarantine.InHand;
import io.orderflow.messaging.runtime.HandlingOnce;
import io.orderflow.messaging.runtime.OrderKeeping;
import io.orderflow.messaging.runtime.Quarantine;
import io.orderflow.messaging.sequence.JdbcSequences;
import io.orderflow.messaging.sequence.SequenceGaps;
import io.orderflow.messaging.sequence.Sequences;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Outbox and inbox, where there is one database. Their tables are made by the migration in {@code
 * classpath:db/messaging}, which has to be among Flyway's locations.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ConditionalOnClass(JdbcTemplate.class)
@ConditionalOnSingleCandidate(DataSource.class)
public class DatabaseMessagingAutoConfiguration {

    @Bean(destroyMethod = "") // its lifecycle stops it, after the consumers
    @ConditionalOnMissingBean
    OutboxRelay outboxRelay(DataSource dataSource, MessageProducer<String, byte[]> producer) {
        return new OutboxRelay(dataSource, producer, RelayOptions.defaults());
    }

    @Bean
    RelayLifecycle relayLifecycle(OutboxRelay relay, MessagingAutoConfiguration.Surroundings surroundings) {
        OutboxMetrics.register(surroundings.registry(), relay);
        return new RelayLifecycle(relay);
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(DataSource dataSource, OutboxRelay relay) {
        return new JdbcOutbox(dataSource, relay::committed);
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher outboxEventPublisher(EventWriter writer, Outbox outbox) {
        return new OutboxEventPublisher(writer, outbox);
    }

    @Bean
    @ConditionalOnMissingBean
    SetAside outboxSetAside(
            Outbox outbox,
            PlatformTransactionManager transactions,
            MessageProducer<String, byte[]> producer,
            MessagingAutoConfiguration.Surroundings surroundings) {
        return new OutboxSetAside(outbox, transactions, producer, surroundings.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    Inbox inbox(DataSource dataSource) {
        return new JdbcInbox(dataSource);
    }

    @Bean
    HandlingOnce handlingOnce(
            PlatformTransactionManager transactions,
            Inbox inbox,
            MessagingAutoConfiguration.Surroundings surroundings) {
        MeterRegistry registry = surroundings.registry();
        return new HandlingOnce(new TransactionTemplate(transactions), inbox, registry);
    }

    @Bean
    HeldKeys heldKeys(DataSource dataSource, PlatformTransactionManager transactions) {
        return new HeldKeys(dataSource, transactions);
    }

    @Bean
    HeldKeyWatch heldKeyWatch(HeldKeys held, MessagingAutoConfiguration.Surroundings surroundings) {
        return new HeldKeyWatch(held, surroundings.registry());
    }

    @Bean
    Housekeeping heldKeyCounting(HeldKeyWatch watch) {
        return new Housekeeping("held-keys", watch, Duration.ofSeconds(10));
    }

    @Bean
    OrderKeeping orderKeeping(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            HeldKeys held,
            MessagingAutoConfiguration.Surroundings surroundings) {
        return new OrderKeeping(held, new DueKeys(dataSource, transactions), surroundings.registry());
    }

    @Bean
    InHand inHand(DataSource dataSource) {
        return new InHand(dataSource);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "messaging.quarantine.enabled", matchIfMissing = true)
    Quarantine quarantine(InHand inHand, MessagingProperties properties) {
        return new Quarantine(inHand, properties.quarantine().after());
    }

    @Bean
    Housekeeping inHandHousekeeping(InHand inHand) {
        return new Housekeeping("in-hand-cleanup", inHand::forgetOld, InHand.NOTE_RETENTION);
    }

    @Bean
    Housekeeping inboxHousekeeping(DataSource dataSource, MessagingProperties properties) {
        return new Housekeeping(
                "inbox-cleanup", new InboxCleanup(dataSource, properties.inbox().retention()), Duration.ofMinutes(15));
    }

    @Bean
    @ConditionalOnMissingBean
    Sequences sequences(DataSource dataSource) {
        return new JdbcSequences(dataSource);
    }

    @Bean
    Housekeeping sequenceHousekeeping(
            DataSource dataSource,
            MessagingProperties properties,
            MessagingAutoConfiguration.Surroundings surroundings) {
        SequenceGaps gaps = new SequenceGaps(
                dataSource,
                properties.sequences().grace(),
                properties.sequences().retention());
        Gauge.builder("messaging.sequence.gaps", gaps, SequenceGaps::open)
                .description("Keys of which an event is missing, though later ones have been handled")
                .register(surroundings.registry());
        return new Housekeeping("sequence-gaps", gaps, Duration.ofMinutes(1));
    }
}
