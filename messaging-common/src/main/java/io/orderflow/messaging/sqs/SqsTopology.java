package io.orderflow.messaging.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.DEDUPLICATION_SCOPE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_QUEUE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_THROUGHPUT_LIMIT;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.MESSAGE_RETENTION_PERIOD;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.POLICY;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import io.orderflow.messaging.MissedMessagesException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.TopicUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Names, finds and creates topics, queues and subscriptions. What exists keeps its attributes, as an operator set them. */
final class SqsTopology {

    static final int MAX_NAME = 80;
    static final int MAX_RECEIVES = 1000;
    static final String UNDELIVERABLE = "messaging-undeliverable.fifo";

    private static final int READABLE = 55;
    private static final int HASHED = 18;
    private static final Duration MOST_RETENTION = Duration.ofDays(14);
    private static final String SENT_TO = "messaging-sent-to";

    private final AwsClients aws;
    private final Map<String, String> sendable = new ConcurrentHashMap<>();

    SqsTopology(AwsClients aws) {
        this.aws = aws;
    }

    /** Dots become underscores. A name that has underscores or is too long ends with its hash, so that no two become one. */
    static String nameOf(String name) {
        String readable = name.replace('.', '_');
        if (name.contains("_") || name.length() > READABLE + HASHED) {
            UUID hash = UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
            readable = readable.substring(0, Math.min(readable.length(), READABLE)) + "-"
                    + hash.toString().substring(0, HASHED);
        }
        return readable + ".fifo";
    }

    private static String queueName(Topic topic, String group) {
        String name = nameOf(Topic.groupOf(topic.name(), group));
        SqsBroker.LIMITS.requireName(name, topic, group);
        return name;
    }

    /** The URL of a group's queue, if there is one. */
    Optional<String> queue(Topic topic, String group) {
        return queue(queueName(topic, group));
    }

    private Optional<String> queue(String name) {
        return AwsClients.call("Looking for queue " + name, () -> {
            try {
                return Optional.of(
                        aws.sqs().getQueueUrl(ask -> ask.queueName(name)).queueUrl());
            } catch (QueueDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    Map<QueueAttributeName, String> attributes(String queueUrl) {
        return AwsClients.call(
                "Reading the attributes of " + queueUrl,
                () -> aws.sqs()
                        .getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                        .attributes());
    }

    /** The ARN of a topic, which is created if it does not exist. */
    String declare(Topic topic) {
        return AwsClients.call(
                "Declaring topic " + topic.name(),
                () -> aws.sns()
                        .createTopic(create -> create.name(nameOf(topic.name()))
                                .attributes(Map.of("FifoTopic", "true", "FifoThroughputScope", "MessageGroup")))
                        .topicArn());
    }

    /** The URL of the queue of a group, which is created and subscribed to its topic if it does not exist. */
    String declare(Topic topic, String group) {
        String topicArn = declare(topic);
        String name = queueName(topic, group);
        String sqs = topicArn.substring(0, topicArn.lastIndexOf(':') + 1).replace(":sns:", ":sqs:");
        String url = queue(name).orElseGet(() -> {
            queue(UNDELIVERABLE).orElseGet(() -> create(UNDELIVERABLE, MOST_RETENTION, Map.of()));
            Duration asked = topic.retention() == null ? MOST_RETENTION : topic.retention();
            Duration retention = asked.compareTo(MOST_RETENTION) < 0 ? asked : MOST_RETENTION;
            String policy = """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
                     "Principal": {"Service": "sns.amazonaws.com"}, "Resource": "%s",
                     "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}
                    """.formatted(sqs + name, topicArn);
            String redrive = "{\"deadLetterTargetArn\": \"%s\", \"maxReceiveCount\": %d}"
                    .formatted(sqs + UNDELIVERABLE, MAX_RECEIVES);
            return create(name, retention, Map.of(POLICY, policy, REDRIVE_POLICY, redrive));
        });
        AwsClients.call(
                "Subscribing group " + group + " to topic " + topic.name(),
                () -> aws.sns()
                        .subscribe(subscribe -> subscribe
                                .topicArn(topicArn)
                                .protocol("sqs")
                                .endpoint(sqs + name)
                                .attributes(Map.of("RawMessageDelivery", "true"))));
        return url;
    }

    private String create(String queue, Duration retention, Map<QueueAttributeName, String> more) {
        Map<QueueAttributeName, String> attributes = new HashMap<>(more);
        attributes.put(FIFO_QUEUE, "true");
        attributes.put(DEDUPLICATION_SCOPE, "messageGroup");
        attributes.put(FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        attributes.put(MESSAGE_RETENTION_PERIOD, Long.toString(retention.toSeconds()));
        return AwsClients.call(
                "Creating queue " + queue,
                () -> aws.sqs()
                        .createQueue(create -> create.queueName(queue).attributes(attributes))
                        .queueUrl());
    }

    /**
     * The ARN of a topic that has a group, after marking it as sent to.
     *
     * @throws TopicUnavailableException if it has no group: SNS would accept messages and drop them
     */
    String requireGroups(Topic topic) {
        return sendable.computeIfAbsent(topic.name(), name -> {
            String arn = declare(topic);
            return AwsClients.call("Preparing to send to topic " + name, () -> {
                var groups = aws.sns().listSubscriptionsByTopic(list -> list.topicArn(arn));
                if (groups.subscriptions().isEmpty() && !topic.isBroadcast()) {
                    throw new TopicUnavailableException(
                            "Topic '" + name + "' has no group, and SNS would drop what is sent to it. Declare its"
                                    + " groups (messaging.topics." + name
                                    + ".groups) or start a service that reads it.",
                            null);
                }
                aws.sns()
                        .tagResource(tag -> tag.resourceArn(arn)
                                .tags(mark -> mark.key(SENT_TO).value("true")));
                return arn;
            });
        });
    }

    /** Checks a topic again before the next send. */
    void forget(Topic topic) {
        sendable.remove(topic.name());
    }

    void requireStart(Topic topic, String group, StartPosition start) {
        if (start == StartPosition.EARLIEST
                && !topic.isRetries() // sent to by or for a group that has started, like dead letters
                && !topic.isDeadLetters()
                && queue(topic, group).isEmpty()
                && isSentTo(topic)
                && queue(topic, group).isEmpty()) { // a producer declares its groups before it sends
            throw new MissedMessagesException("Group '" + group + "' is new on topic '" + topic.name()
                    + "', to which messages have been sent already; SNS keeps them for existing groups only. Nothing was"
                    + " declared. Set messaging.subscriptions." + topic.name() + "." + group
                    + ".start=latest to start with what is sent from now on. To miss nothing, declare the group with its"
                    + " topic before anything is sent (messaging.topics." + topic.name()
                    + ".groups, in the sending application).");
        }
    }

    private boolean isSentTo(Topic topic) {
        return AwsClients.call(
                "Checking whether topic " + topic.name() + " was sent to",
                () -> aws.sns().listTopicsPaginator().topics().stream()
                        .map(each -> each.topicArn())
                        .filter(arn -> arn.endsWith(":" + nameOf(topic.name())))
                        .flatMap(arn -> aws.sns().listTagsForResource(list -> list.resourceArn(arn)).tags().stream())
                        .anyMatch(tag -> tag.key().equals(SENT_TO)));
    }
}
