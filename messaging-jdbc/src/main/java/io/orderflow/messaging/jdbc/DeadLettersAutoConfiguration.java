package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.deadletters.DeadLetterCleanup;
import io.orderflow.messaging.deadletters.DeadLetterCollector;
import io.orderflow.messaging.deadletters.DeadLetterExpiry;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.RedriveJobs;
import io.orderflow.messaging.deadletters.RedriveWorker;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.runtime.DeadLetterCollection;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.MessagingAutoConfiguration;
import io.orderflow.messaging.spring.PeriodicTask;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Dead letters in the database: collected, listed, redriven, and deleted in the end. */
@AutoConfiguration(before = MessagingAutoConfiguration.class, after = JdbcMessagingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "messaging.dead-letters.collect", matchIfMissing = true)
public class DeadLettersAutoConfiguration {

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), 0);

    @Bean
    DeadLetterCollection deadLetterCollection(
            MessagingDatabase database, JdbcMessagingProperties properties, Instruments instruments) {
        DeadLetterCollector collector = new DeadLetterCollector(
                database.dataSource(),
                database.transactions(),
                properties.inbox().retention(),
                instruments.clock());
        return new DeadLetterCollection(collector::collect, properties.brokerKeepsDeadLetters());
    }

    @Bean
    DeadLetters deadLetters(MessagingDatabase database) {
        return new DeadLetters(database.dataSource());
    }

    @Bean
    Redriving redriving(
            MessagingDatabase database,
            Outbox outbox,
            ObjectProvider<EventSubscription> subscriptions,
            JdbcMessagingProperties properties) {
        return new Redriving(
                database.dataSource(),
                database.transactions(),
                outbox,
                subscriptions.stream().map(EventSubscription::subscription).toList(),
                properties.deadLetters().maxRedrives());
    }

    @Bean
    SupervisedLoop redriveLoop(MessagingDatabase database, Redriving redriving, Instruments instruments) {
        RedriveWorker worker =
                new RedriveWorker(database.dataSource(), database.transactions(), redriving, System::nanoTime);
        return new SupervisedLoop("redrive", worker, AFTER_FAILURE, instruments.reporter(), true);
    }

    @Bean
    LoopLifecycle redriveLifecycle(SupervisedLoop redriveLoop) {
        return new LoopLifecycle(
                LoopLifecycle.REDRIVES,
                redriveLoop::start,
                () -> redriveLoop.stop(RedriveWorker.STOP_TIMEOUT),
                redriveLoop::isRunning);
    }

    @Bean
    RedriveJobs redriveJobs(
            MessagingDatabase database, SupervisedLoop redriveLoop, JdbcMessagingProperties properties) {
        return new RedriveJobs(database.dataSource(), properties.deadLetters().maxRedrives(), redriveLoop::wake);
    }

    @Bean
    DeadLetterMetrics deadLetterMetrics(
            DeadLetters deadLetters, ObjectProvider<EventSubscription> subscriptions, Instruments instruments) {
        DeadLetterMetrics metrics = new DeadLetterMetrics(deadLetters);
        subscriptions.stream()
                .map(each -> each.subscription().group())
                .distinct()
                .forEach(group -> metrics.register(instruments.registry(), group));
        return metrics;
    }

    @Bean
    PeriodicTask deadLetterExpiry(
            MessagingDatabase database,
            Redriving redriving,
            JdbcMessagingProperties properties,
            Instruments instruments) {
        return instruments.every(
                Duration.ofMinutes(15),
                "dead-letter-expiry",
                new DeadLetterExpiry(
                        database.dataSource(),
                        redriving,
                        properties.deadLetters().eraseAfter()));
    }

    @Bean
    PeriodicTask deadLetterCleanup(
            MessagingDatabase database, JdbcMessagingProperties properties, Instruments instruments) {
        return instruments.every(
                Duration.ofMinutes(15),
                "dead-letter-cleanup",
                new DeadLetterCleanup(
                        database.dataSource(), properties.deadLetters().retention()));
    }
}
