package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.sqs.SqsBroker;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.servers.SqsServer;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsConformanceTest extends BrokerConformance {

    private static final SqsServer SERVER = SqsServer.find();

    @Override
    protected MessageBroker connect() {
        return new SqsBroker(client -> settings(client, SERVER.endpoint()));
    }

    @Override
    protected MessageBroker connect(TcpProxy network) {
        return new SqsBroker(client -> settings(client, URI.create("http://localhost:" + network.port())));
    }

    private static <B extends AwsClientBuilder<?, ?>> B settings(B client, URI endpoint) {
        client.endpointOverride(endpoint);
        client.region(Region.of(SqsServer.REGION));
        client.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
        return client;
    }

    @Override
    protected TestServer server() {
        return SERVER;
    }

    /** By the part of the names that is never replaced by a hash. */
    @Override
    protected void delete(Topic topic, String group) {
        String name = topic.name().replace('.', '_');
        String start = name.substring(0, Math.min(name.length(), 58));
        try (SnsClient sns = settings(SnsClient.builder(), SERVER.endpoint()).build();
                SqsClient sqs = settings(SqsClient.builder(), SERVER.endpoint()).build()) {
            sns.listTopicsPaginator().topics().stream()
                    .map(software.amazon.awssdk.services.sns.model.Topic::topicArn)
                    .filter(arn -> arn.contains(":" + start))
                    .forEach(arn -> sns.deleteTopic(request -> request.topicArn(arn)));
            sqs.listQueues(request -> request.queueNamePrefix(start))
                    .queueUrls()
                    .forEach(url -> sqs.deleteQueue(request -> request.queueUrl(url)));
        }
    }
}
