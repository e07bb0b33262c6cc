package io.orderflow.messaging.spring;

import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.claimcheck.ClaimCheck;
import io.orderflow.messaging.claimcheck.PayloadSource;
import io.orderflow.messaging.events.DirectEventPublisher;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.events.ScheduledEvents;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.pipeline.Observability;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.DeadLetterCollection;
import io.orderflow.messaging.runtime.DeclaringProducer;
import io.orderflow.messaging.runtime.EventRegistry;
import io.orderflow.messaging.runtime.ObservedProducer;
import io.orderflow.messaging.runtime.Reader;
import io.orderflow.messaging.runtime.Replays;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.tracing.MessageTracing;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Everything except the brokers, which their adapters configure. Works without a database: events are published directly and failed
 * messages are retried in place. The module {@code messaging-jdbc} replaces these beans by its own. Beans of type {@link EventType} can be published, beans of type {@link EventSubscription} are run.
 */
@AutoConfiguration(
        after = TracingAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(MessagingProperties.class)
@Import(ClaimCheckConfiguration.class)
public class MessagingAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(MessagingAutoConfiguration.class);

    @Bean
    Instruments messagingInstruments(
            ObjectProvider<Clock> clock,
            ObjectProvider<MeterRegistry> registry,
            ObjectProvider<MessageTracing> tracing) {
        InstantSource time = clock.getIfUnique(Clock::systemUTC);
        return new Instruments(
                time,
                registry.getIfUnique(SimpleMeterRegistry::new),
                tracing.getIfAvailable(),
                new FailureReporter(time));
    }

    @Bean
    TopicCatalog topicCatalog(MessagingProperties properties, ObjectProvider<DeadLetterCollection> deadLetters) {
        return properties.catalog(deadLetters.stream()
                .map(DeadLetterCollection::retention)
                .findAny()
                .orElse(null));
    }

    /** With an error that names the property, if the client of a broker is not on the classpath. */
    @Bean
    Brokers brokers(ObjectProvider<MessageBroker> available, Environment environment) {
        Map<String, MessageBroker> byName =
                available.stream().collect(toMap(each -> each.traits().name(), each -> each, (one, other) -> one));
        ConfiguredBrokers configured = ConfiguredBrokers.of(environment);
        Map<String, String> names = configured.byProperty();
        if (byName.size() == 1 && Set.copyOf(names.values()).size() <= 1) { // the only one may have any name
            return Brokers.only(byName.values().iterator().next());
        }
        names.forEach((property, name) -> {
            if (!byName.containsKey(name)) {
                throw BrokerChoice.invalid(property + " is '" + name + "', but its client is not on the classpath."
                        + " Add the Spring Boot starter of that client.");
            }
        });
        return configured.brokers(byName);
    }

    @Bean
    TopicGroups topicGroups(Brokers brokers, TopicCatalog catalog) {
        return new TopicGroups(brokers, catalog);
    }

    @Bean
    PeriodicTask abandonedGroupsWatch(TopicGroups groups, MessagingProperties properties, Instruments instruments) {
        AbandonedGroups abandoned = new AbandonedGroups(
                groups, properties.groups().abandonedAfter(), instruments.clock(), instruments.registry());
        return instruments.every(Duration.ofMinutes(1), "abandoned-groups", abandoned);
    }

    @Bean
    @ConditionalOnMissingBean
    MessageProducer<String, byte[]> messageProducer(Brokers brokers, TopicCatalog catalog, Instruments instruments) {
        MessageProducer<String, byte[]> producer =
                new ObservedProducer(new DeclaringProducer(brokers, catalog), instruments.registry());
        MessageTracing tracing = instruments.tracing();
        return tracing == null ? producer : tracing.sending(producer);
    }

    @Bean
    EventWriter eventWriter(
            ObjectProvider<EventType<?>> types,
            @Value("${spring.application.name:application}") String application,
            Brokers brokers,
            ClaimCheck claimCheck,
            Instruments instruments) {
        return new EventWriter(
                types.orderedStream().toList(), "/" + application, brokers::limits, claimCheck, instruments.clock());
    }

    @Bean
    EventRegistry eventRegistry(
            @Value("${spring.application.name:application}") String application,
            ObjectProvider<EventType<?>> published,
            ObjectProvider<EventSubscription> subscriptions,
            MessagingProperties properties,
            TopicCatalog catalog) {
        List<EventSubscription> consumed = properties
                .configuredSubscriptions()
                .of(subscriptions.orderedStream().toList());
        return new EventRegistry(application, published.orderedStream().toList(), consumed, catalog);
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher eventPublisher(EventWriter writer, MessageProducer<String, byte[]> producer) {
        log.info(
                "Events are published directly, also if the transaction around them is rolled back: there is no outbox.");
        return new DirectEventPublisher(writer, producer);
    }

    /** Created only where events are scheduled, and then stops the start. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ScheduledEvents scheduledEvents() {
        throw new InvalidSettingException(
                "Events cannot be scheduled without an outbox, and this application has none.",
                "Add messaging-jdbc and a DataSource of a PostgreSQL database, and do not set"
                        + " messaging.database.enabled=false.");
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
            MessageRecoverer recoverer,
            PipelineFeatures features,
            ObjectProvider<BatchMiddleware> batchMiddlewares,
            ObjectProvider<HandlerMiddleware> handlerMiddlewares,
            PayloadSource payloads,
            Instruments instruments) {
        return new Pipeline(
                recoverer,
                features.with(
                        batchMiddlewares.orderedStream().toList(),
                        handlerMiddlewares.orderedStream().toList()),
                new Observability(instruments.registry(), instruments.tracing()),
                payloads,
                instruments.clock());
    }

    @Bean
    Consumers consumers(
            Brokers brokers,
            EventRegistry registry,
            Pipeline pipeline,
            ObjectProvider<DeadLetterCollection> deadLetters,
            ObjectProvider<Reader> readers,
            Instruments instruments) {
        List<EventSubscription> all = registry.consumed();
        Stream<Reader> ofDeadLetters = deadLetters.stream()
                .flatMap(collection -> all.stream()
                        .map(EventSubscription::subscription)
                        .filter(Subscription::hasDeadLetters)
                        .map(collection::reader));
        List<Reader> allReaders =
                Stream.concat(ofDeadLetters, readers.orderedStream()).toList();
        return new Consumers(brokers, registry.topics(), pipeline, all, allReaders).reportingTo(instruments.reporter());
    }

    @Bean
    Replays replays(
            Brokers brokers,
            TopicCatalog catalog,
            Pipeline pipeline,
            ObjectProvider<EventSubscription> subscriptions,
            MessagingProperties properties) {
        return new Replays(
                brokers,
                catalog,
                pipeline,
                properties
                        .configuredSubscriptions()
                        .of(subscriptions.orderedStream().toList()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        MessagingHealthIndicator messagingHealthIndicator(
                Brokers brokers, Consumers consumers, MessagingProperties properties, Instruments instruments) {
            return new MessagingHealthIndicator(brokers, consumers, properties.health(), instruments.clock());
        }
    }
}
