package io.orderflow.messaging.spring;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.request.PendingRequests;
import io.orderflow.messaging.request.Replies;
import io.orderflow.messaging.request.ReplyAddress;
import io.orderflow.messaging.runtime.Reader;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Request and reply: {@link Replies} in every application, {@code Requests} where {@code messaging.requests.enabled} is set. */
@AutoConfiguration
public class RequestAutoConfiguration {

    @Bean
    Replies replies(
            MessageProducer<String, byte[]> producer,
            @Value("${spring.application.name:application}") String application,
            Instruments instruments) {
        return new Replies(producer, "/" + application, instruments.clock());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("messaging.requests.enabled")
    static class RequestConfiguration {

        @Bean
        ReplyAddress replyAddress(@Value("${spring.application.name:application}") String application) {
            return new ReplyAddress(
                    Topic.repliesTo(application), UUID.randomUUID().toString());
        }

        @Bean
        PendingRequests requests(
                EventWriter writer,
                MessageProducer<String, byte[]> producer,
                ReplyAddress address,
                Instruments instruments) {
            return new PendingRequests(writer, producer, address, instruments.clock(), instruments.registry());
        }

        @Bean
        Reader replyReader(PendingRequests requests, ReplyAddress address) {
            ConsumerOptions options = ConsumerOptions.defaults().withAddress(address.instance());
            return new Reader(Subscription.broadcasts(address.topic()).withOptions(options), requests);
        }
    }
}
