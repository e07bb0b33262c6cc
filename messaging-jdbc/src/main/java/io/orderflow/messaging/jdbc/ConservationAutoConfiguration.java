package io.orderflow.messaging.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.orderflow.messaging.conservation.ConservationCheck;
import io.orderflow.messaging.conservation.PublishedMessages;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.runtime.EventRegistry;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.MessagingAutoConfiguration;
import io.orderflow.messaging.spring.PeriodicTask;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Finds messages that were published and are nowhere, for operators. */
@AutoConfiguration(after = {MessagingAutoConfiguration.class, JdbcMessagingAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
public class ConservationAutoConfiguration {

    @Bean
    PublishedMessages publishedMessages(MessagingDatabase database, JdbcMessagingProperties properties) {
        return new PublishedMessages(database.dataSource(), properties.inbox().retention());
    }

    @Bean
    PeriodicTask publishedMessagesCleanup(PublishedMessages published, Instruments instruments) {
        return instruments.every(Duration.ofMinutes(15), "published-messages-cleanup", published::cleanUp);
    }

    @Bean
    ConservationCheck conservationCheck(
            MessagingDatabase database,
            EventRegistry registry,
            TopicGroups groups,
            JdbcMessagingProperties properties,
            Instruments instruments) {
        ConservationCheck check = new ConservationCheck(
                database.dataSource(),
                registry.consumed().stream()
                        .map(EventSubscription::subscription)
                        .toList(),
                groups::backlog,
                properties.inbox().retention());
        check.groups()
                .forEach(each -> Gauge.builder("messaging.conservation.missing", check, is -> is.missing(each))
                        .description("Published messages that are nowhere; NaN without a check in the last minutes")
                        .tags("topic", each.topic(), "group", each.group())
                        .register(instruments.registry()));
        return check;
    }

    @Bean
    SmartInitializingSingleton groupStarts(ConservationCheck check) {
        return check::start;
    }
}
