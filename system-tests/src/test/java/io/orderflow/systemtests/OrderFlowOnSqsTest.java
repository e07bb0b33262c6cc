package io.orderflow.systemtests;

import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.sqs.SqsBroker;
import io.orderflow.servers.RealServer;
import io.orderflow.servers.SqsServer;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

class OrderFlowOnSqsTest extends OrderFlow {

    OrderFlowOnSqsTest() {
        super(Broker.SQS);
    }

    @Override
    MessageBroker connect(RealServer server) {
        return new SqsBroker(client -> configure(client, (SqsServer) server));
    }

    @Override
    void sendAsForeignProducer(RealServer server, String topic, String routingKey, String json) {
        var client = SnsClient.builder();
        configure(client, (SqsServer) server);
        try (SnsClient sns = client.build()) {
            String arn = sns.listTopicsPaginator().topics().stream()
                    .map(each -> each.topicArn())
                    .filter(each -> each.endsWith(":" + topic + ".fifo"))
                    .findFirst()
                    .orElseThrow();
            MessageAttributeValue key = MessageAttributeValue.builder()
                    .dataType("String")
                    .stringValue(routingKey)
                    .build();
            sns.publish(message -> message.topicArn(arn)
                    .message(json)
                    .messageAttributes(Map.of("messaging-routing-key", key))
                    .messageGroupId("foreign")
                    .messageDeduplicationId(UUID.randomUUID().toString()));
        }
    }

    private static void configure(AwsClientBuilder<?, ?> client, SqsServer server) {
        client.endpointOverride(server.endpoint());
        client.region(Region.of(SqsServer.REGION));
        client.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
    }
}
