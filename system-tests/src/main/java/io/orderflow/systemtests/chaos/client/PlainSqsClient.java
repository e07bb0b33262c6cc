package io.orderflow.systemtests.chaos.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Subscribes a queue to each topic. A message is deleted when the next ones are received. */
final class PlainSqsClient implements PlainClient {

    private static final Map<String, String> TOPIC = Map.of("FifoTopic", "true", "FifoThroughputScope", "MessageGroup");

    private final SnsClient sns;
    private final SqsClient sqs;
    private final Map<String, String> queueUrls = new LinkedHashMap<>();
    private final Map<String, List<Message>> received = new HashMap<>();

    PlainSqsClient(URI endpoint) {
        sns = configured(SnsClient.builder(), endpoint);
        sqs = configured(SqsClient.builder(), endpoint);
    }

    private static <C> C configured(AwsClientBuilder<?, C> client, URI endpoint) {
        client.endpointOverride(endpoint);
        client.region(Region.US_EAST_1);
        client.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
        return client.build();
    }

    /** The names of the services' topics have no underscores and are short: the adapter uses no hash for them. */
    private static String nameOf(String topic) {
        return topic.replace('.', '_') + ".fifo";
    }

    @Override
    public void watch(List<String> topics) throws IOException {
        call(() -> {
            for (String topic : topics) {
                String url = sqs.createQueue(create -> create.queueName(CLIENT_NAME + "_" + nameOf(topic))
                                .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                        .queueUrl();
                String arn = sqs.getQueueAttributes(
                                get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN);
                sns.subscribe(subscribe -> subscribe
                        .topicArn(arnOf(topic))
                        .protocol("sqs")
                        .endpoint(arn)
                        .attributes(Map.of("RawMessageDelivery", "true")));
                queueUrls.put(topic, url);
            }
            return topics;
        });
    }

    private String arnOf(String topic) {
        return sns.createTopic(create -> create.name(nameOf(topic)).attributes(TOPIC))
                .topicArn();
    }

    @Override
    public List<ObservedMessage> poll() throws IOException {
        return call(() -> {
            List<ObservedMessage> messages = new ArrayList<>();
            queueUrls.forEach((topic, url) -> {
                received.getOrDefault(topic, List.of())
                        .forEach(each ->
                                sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(each.receiptHandle())));
                List<Message> next = sqs.receiveMessage(receive -> receive.queueUrl(url)
                                .maxNumberOfMessages(10)
                                .messageAttributeNames("All")
                                .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                        .messages();
                received.put(topic, next);
                next.forEach(each -> messages.add(observed(topic, each)));
            });
            return messages;
        });
    }

    private static ObservedMessage observed(String topic, Message raw) {
        return new ObservedMessage(
                topic,
                raw.attributes().getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, ""),
                attribute(raw, "ce_id"),
                attribute(raw, "ce_type"),
                payload(raw.body()),
                raw);
    }

    /** The services send a payload that is not text, such as a dead letter's, in Base64. */
    private static byte[] payload(String body) {
        return body.startsWith("base64:")
                ? Base64.getDecoder().decode(body.substring("base64:".length()))
                : body.getBytes(UTF_8);
    }

    private static String attribute(Message raw, String name) {
        return raw.messageAttributes().containsKey(name)
                ? raw.messageAttributes().get(name).stringValue()
                : "";
    }

    /** As text: unlike SQS, the local server accepts all characters. */
    @Override
    public void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException {
        publish(topic, key, headers, new String(body, UTF_8));
    }

    @Override
    public void repeat(ObservedMessage message) throws IOException {
        Message raw = (Message) message.raw();
        Map<String, String> headers = raw.messageAttributes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().stringValue()));
        publish(message.topic(), message.key(), headers, raw.body());
    }

    /** With a deduplication id of its own, so that a copy is delivered. */
    private void publish(String topic, String key, Map<String, String> headers, String body) throws IOException {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        headers.forEach((name, value) -> attributes.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        call(() -> sns.publish(message -> message.topicArn(arnOf(topic))
                .message(body)
                .messageAttributes(attributes)
                .messageGroupId(key)
                .messageDeduplicationId(UUID.randomUUID().toString())));
    }

    private static <T> T call(Callable<T> action) throws IOException {
        try {
            return action.call();
        } catch (SdkException e) {
            throw new IOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sns.close();
        sqs.close();
    }
}
