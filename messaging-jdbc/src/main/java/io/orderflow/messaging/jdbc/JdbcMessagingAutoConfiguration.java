package io.orderflow.messaging.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.crashguard.InFlightMessages;
import io.orderflow.messaging.crashguard.JdbcInFlightMessages;
import io.orderflow.messaging.crashguard.Quarantine;
import io.orderflow.messaging.database.BrokerChange;
import io.orderflow.messaging.database.MessagingSchema;
import io.orderflow.messaging.database.ParkedMessages;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.events.PublishingBacklog;
import io.orderflow.messaging.events.ScheduledEvents;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.InboxCleanup;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.inbox.TransactionalInbox;
import io.orderflow.messaging.outbox.CommitMark;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxBacklog;
import io.orderflow.messaging.outbox.OutboxEventPublisher;
import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.outbox.OutboxRecoverer;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.OutboxScheduledEvents;
import io.orderflow.messaging.outbox.RelayOptions;
import io.orderflow.messaging.outbox.TracedOutbox;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.sequence.InSequence;
import io.orderflow.messaging.sequence.Sequences;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.MessagingAutoConfiguration;
import io.orderflow.messaging.spring.PeriodicTask;
import io.orderflow.messaging.tracing.MessageTracing;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Outbox and inbox, in place of the core's direct publishing and retries in place, unless {@code messaging.database.enabled} is false.
 * {@link DatabaseChoice} chooses their DataSource; the start fails if none is suitable.
 */
@AutoConfiguration(
        before = MessagingAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
@EnableConfigurationProperties(JdbcMessagingProperties.class)
@Import({SchemaConfiguration.class, SequencesConfiguration.class})
public class JdbcMessagingAutoConfiguration {

    @Bean
    DatabaseChoice messagingDatabaseChoice(ConfigurableListableBeanFactory beans, JdbcMessagingProperties properties) {
        return new DatabaseChoice(beans, properties.database().dataSource());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HikariDataSource.class)
    static class PoolConfiguration {

        @Bean
        static ConnectionTimeOuts messagingConnectionTimeOuts(
                ConfigurableListableBeanFactory beans, Environment environment) {
            return new ConnectionTimeOuts(new DatabaseChoice(beans, environment.getProperty(DatabaseChoice.PROPERTY)));
        }
    }

    @Bean
    MessagingDatabase messagingDatabase(DatabaseChoice choice, MessagingSchema schema, ListableBeanFactory beans) {
        DataSource dataSource = choice.dataSource();
        return new MessagingDatabase(dataSource, new TransactionChoice(beans).of(dataSource));
    }

    /** When all beans are there, and before anything is sent or read. */
    @Bean
    SmartInitializingSingleton brokerChange(
            MessagingDatabase database, ObjectProvider<Brokers> brokers, JdbcMessagingProperties properties) {
        return () -> brokers.stream()
                .forEach(each -> new BrokerChange(database.dataSource(), each, properties.drainedBroker()).check());
    }

    @Bean
    SmartInitializingSingleton parkedMessages(MessagingDatabase database) {
        return new ParkedMessages(database.dataSource())::check;
    }

    @Bean(destroyMethod = "") // its lifecycle stops it, after the consumers
    @ConditionalOnMissingBean
    OutboxRelay outboxRelay(
            MessagingDatabase database, MessageProducer<String, byte[]> producer, Instruments instruments) {
        return new OutboxRelay(database.dataSource(), producer, RelayOptions.defaults(), instruments.reporter());
    }

    @Bean
    LoopLifecycle relayLifecycle(OutboxRelay relay, Instruments instruments) {
        OutboxMetrics.register(instruments.registry(), relay);
        return new LoopLifecycle(LoopLifecycle.RELAY, relay::start, relay::close, relay::isRunning);
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(MessagingDatabase database, OutboxRelay relay, Instruments instruments) {
        if (database.transactions() instanceof ConfigurableTransactionManager manager) {
            manager.addListener(new CommitMark());
        }
        Outbox outbox = new JdbcOutbox(database.dataSource(), relay::committed);
        MessageTracing tracing = instruments.tracing();
        return tracing == null ? outbox : new TracedOutbox(outbox, tracing);
    }

    @Bean
    OutboxOperations outboxOperations(MessagingDatabase database) {
        return new OutboxOperations(database.dataSource(), database.transactions());
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher outboxEventPublisher(EventWriter writer, Outbox outbox) {
        return new OutboxEventPublisher(writer, outbox);
    }

    @Bean
    @ConditionalOnMissingBean
    ScheduledEvents scheduledEvents(EventWriter writer, Outbox outbox, MessagingDatabase database) {
        return new OutboxScheduledEvents(writer, outbox, database.dataSource());
    }

    @Bean
    @ConditionalOnMissingBean
    PublishingBacklog publishingBacklog(MessagingDatabase database) {
        return new OutboxBacklog(database.dataSource())::oldest;
    }

    @Bean
    @ConditionalOnMissingBean
    MessageRecoverer outboxRecoverer(
            Outbox outbox, MessagingDatabase database, MessageProducer<String, byte[]> producer) {
        return new OutboxRecoverer(outbox, database.transactions(), producer);
    }

    @Bean
    @ConditionalOnMissingBean
    Inbox inbox(MessagingDatabase database) {
        return new JdbcInbox(database.dataSource());
    }

    @Bean
    PipelineFeatures databaseFeatures(
            MessagingDatabase database,
            Inbox inbox,
            Sequences sequences,
            ObjectProvider<Quarantine> quarantine,
            Instruments instruments) {
        Quarantine crashProtection = quarantine.getIfAvailable();
        return new PipelineFeatures(
                new TransactionalInbox(new TransactionTemplate(database.transactions()), inbox, instruments.registry()),
                crashProtection == null ? null : crashProtection::of,
                subscription -> new InSequence(subscription, sequences),
                List.of(),
                List.of());
    }

    @Bean
    InFlightMessages inFlight(MessagingDatabase database) {
        return new JdbcInFlightMessages(database.dataSource());
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "messaging.crash-loop-guard.enabled", matchIfMissing = true)
    Quarantine quarantine(InFlightMessages inFlight, JdbcMessagingProperties properties) {
        return new Quarantine(inFlight, properties.crashLoopGuard().after());
    }

    @Bean
    PeriodicTask inFlightCleanup(InFlightMessages inFlight, Instruments instruments) {
        return instruments.every(InFlightMessages.RETENTION, "in-flight-cleanup", inFlight::deleteOld);
    }

    @Bean
    PeriodicTask inboxCleanup(MessagingDatabase database, JdbcMessagingProperties properties, Instruments instruments) {
        return instruments.every(
                Duration.ofMinutes(15),
                "inbox-cleanup",
                new InboxCleanup(database.dataSource(), properties.inbox().retention()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        OutboxHealthIndicator outboxHealthIndicator(OutboxRelay relay) {
            return new OutboxHealthIndicator(relay::status);
        }
    }
}
