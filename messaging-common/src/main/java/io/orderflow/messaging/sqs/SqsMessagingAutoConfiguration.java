package io.orderflow.messaging.sqs;

import io.orderflow.messaging.adapter.ConditionalOnBroker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Amazon SNS and SQS as the broker, where {@code messaging.broker} is {@code sqs}. Region, endpoint and credentials are those that
 * the AWS SDK finds by itself, in {@code AWS_REGION}, {@code AWS_ENDPOINT_URL} and {@code ~/.aws} for example.
 */
@AutoConfiguration
@ConditionalOnClass({SnsClient.class, SqsClient.class})
@ConditionalOnBroker("sqs")
public class SqsMessagingAutoConfiguration {

    @Bean
    @Fallback
    SqsBroker sqsBroker() {
        return new SqsBroker(client -> {});
    }
}
