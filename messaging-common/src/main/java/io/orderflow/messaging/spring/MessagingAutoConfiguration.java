package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.deadletters.DeadLetterCollector;
import io.orderflow.messaging.events.DirectEventPublisher;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.DeclaringProducer;
import io.orderflow.messaging.runtime.ObservedProducer;
import io.orderflow.messaging.runtime.Reader;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.messaging.supervision.FailureReporter;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Everything except the broker, which its adapter configures, and the parts that need a database ({@link
 * DatabaseMessagingAutoConfiguration}). Beans of type {@link EventType} can be published, beans of type {@link EventSubscription} are run.
 */
@AutoConfiguration(
        after = DatabaseMessagingAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(MessagingProperties.class)
public class MessagingAutoConfiguration {

    /** A poll is in memory at once, and dead letters may be as large as messages get. */
    private static final int DEAD_LETTERS_A_POLL = 20;

    @Bean
    Instruments messagingInstruments(ObjectProvider<Clock> clock, ObjectProvider<MeterRegistry> registry) {
        InstantSource time = clock.getIfUnique(Clock::systemUTC);
        return new Instruments(time, registry.getIfUnique(SimpleMeterRegistry::new), new FailureReporter(time));
    }

    @Bean
    TopicCatalog topicCatalog(MessagingProperties properties, ListableBeanFactory beans) {
        return properties.catalog(beans.getBeanNamesForType(DeadLetterCollector.class).length > 0);
    }

    @Bean
    TopicGroups topicGroups(MessageBroker broker, TopicCatalog catalog) {
        return new TopicGroups(broker, catalog);
    }

    @Bean
    PeriodicTask abandonedGroupsWatch(TopicGroups groups, MessagingProperties properties, Instruments instruments) {
        AbandonedGroups abandoned = new AbandonedGroups(
                groups, properties.groups().abandonedAfter(), instruments.clock(), instruments.registry());
        return instruments.every(Duration.ofMinutes(1), "abandoned-groups", abandoned);
    }

    @Bean
    @ConditionalOnMissingBean
    MessageProducer<String, byte[]> messageProducer(
            ObjectProvider<MessageBroker> broker,
            TopicCatalog catalog,
            MessagingProperties properties,
            Instruments instruments) {
        MessageBroker chosen = broker.getIfAvailable(() -> {
            throw BrokerChoice.invalid(BrokerChoice.PROPERTY + " is '" + properties.broker()
                    + "', but its client is not on the classpath. Add the Spring Boot starter of that client.");
        });
        return new ObservedProducer(new DeclaringProducer(chosen, chosen.producer(), catalog), instruments.registry());
    }

    @Bean
    EventWriter eventWriter(
            ObjectProvider<EventType<?>> types,
            @Value("${spring.application.name:application}") String application,
            Instruments instruments) {
        return new EventWriter(types.orderedStream().toList(), "/" + application, instruments.clock());
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher eventPublisher(EventWriter writer, MessageProducer<String, byte[]> producer) {
        return new DirectEventPublisher(writer, producer);
    }

    @Bean
    @ConditionalOnMissingBean
    MessageRecoverer recoverer(MessageProducer<String, byte[]> producer) {
        return new DirectRecoverer(producer);
    }

    @Bean
    @ConditionalOnMissingBean
    PipelineFeatures pipelineFeatures() {
        return PipelineFeatures.NONE;
    }

    @Bean
    Pipeline pipeline(
            MessageBroker broker,
            MessageRecoverer recoverer,
            PipelineFeatures features,
            ObjectProvider<BatchMiddleware> batchMiddlewares,
            ObjectProvider<HandlerMiddleware> handlerMiddlewares,
            Instruments instruments) {
        return new Pipeline(
                recoverer,
                features.with(
                        batchMiddlewares.orderedStream().toList(),
                        handlerMiddlewares.orderedStream().toList()),
                new MessageIds(broker.traits()),
                instruments.registry(),
                instruments.clock());
    }

    @Bean
    Consumers consumers(
            MessageBroker broker,
            TopicCatalog catalog,
            Pipeline pipeline,
            ObjectProvider<EventSubscription> subscriptions,
            ObjectProvider<DeadLetterCollector> collector,
            MessagingProperties properties,
            Instruments instruments) {
        List<EventSubscription> all = properties
                .configuredSubscriptions()
                .of(subscriptions.orderedStream().toList());
        List<Reader> deadLetters = collector.stream()
                .flatMap(each -> all.stream()
                        .map(EventSubscription::subscription)
                        .map(subscription -> deadLetters(subscription, each)))
                .toList();
        return new Consumers(broker, catalog, pipeline, all, deadLetters).reportingTo(instruments.reporter());
    }

    private static Reader deadLetters(Subscription of, DeadLetterCollector collector) {
        ConsumerOptions few = ConsumerOptions.defaults().withMaxPollMessages(DEAD_LETTERS_A_POLL);
        return new Reader(
                new Subscription(of.deadLetterTopic(), TopicCatalog.DEAD_LETTERS, 1, few),
                deliveries -> collector.collect(of, deliveries));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.jdbc.core.JdbcTemplate")
    @ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
    static class WithoutJdbc {

        WithoutJdbc() {
            throw DatabaseChoice.none();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        MessagingHealthIndicator messagingHealthIndicator(
                MessageBroker broker,
                Consumers consumers,
                ObjectProvider<OutboxRelay> relay,
                MessagingProperties properties,
                Instruments instruments) {
            return new MessagingHealthIndicator(
                    broker, consumers, relay.getIfAvailable(), properties.health(), instruments.clock());
        }
    }
}
