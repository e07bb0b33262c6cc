package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.pauses.SubscriptionPauses;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.MessagingAutoConfiguration;
import io.orderflow.messaging.spring.PeriodicTask;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Pauses of subscriptions by operators, which need a database. */
@AutoConfiguration(after = {MessagingAutoConfiguration.class, JdbcMessagingAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
public class PausesAutoConfiguration {

    @Bean
    SubscriptionPauses subscriptionPauses(MessagingDatabase database, Consumers consumers) {
        return new SubscriptionPauses(database.dataSource(), consumers.pauses());
    }

    /** Before the first message is polled. */
    @Bean
    SmartInitializingSingleton pausesAtStart(SubscriptionPauses pauses) {
        return pauses::refresh;
    }

    @Bean
    PeriodicTask pausesRefresh(SubscriptionPauses pauses, Instruments instruments) {
        return instruments.every(SubscriptionPauses.REFRESH, "paused-subscriptions", pauses::refresh);
    }
}
