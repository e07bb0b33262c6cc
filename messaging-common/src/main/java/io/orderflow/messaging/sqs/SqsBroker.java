package io.orderflow.messaging.sqs;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * Amazon SNS and SQS. A topic is an SNS FIFO topic; a group has an SQS FIFO queue, subscribed with raw delivery. The message
 * group is the key, or unique for each message of a work queue.
 *
 * <p>While messages of a key are in flight, SQS delivers none of that key to anyone. So any number of members share a topic in
 * order, without partitions, and a member that polls again receives more messages of a key only after its commit, at most
 * {@value GroupQueue#BATCH} of them. SQS deletes a message that was not committed within 14 days, and moves one that was
 * received {@value SqsTopology#MAX_RECEIVES} times to the queue {@value SqsTopology#UNDELIVERABLE}. Neither knows its consumers:
 * a group counts as having members while messages of it are in flight.
 *
 * <p>SNS keeps nothing for future groups. Sending to a topic without any group throws, and so does subscribing a new group
 * that is to start with the earliest message, once this library has sent to the topic. If SNS accepts only some messages of a
 * batch, sending throws, and a later message of a key may have been accepted before an earlier one.
 */
public final class SqsBroker implements MessageBroker {

    /** SNS accepts 256 KiB, in which a binary payload takes up 4/3 of its size. */
    static final BrokerLimits LIMITS =
            BrokerLimits.ofMessageBytes(180 * 1024).withNames(SqsTopology.MAX_NAME, "[A-Za-z0-9_.-]");

    private static final BrokerTraits TRAITS = new BrokerTraits("sqs", true, true, true, LIMITS)
            .lockingKeys()
            .with(MessagingPattern.PUBLISH_SUBSCRIBE, Support.NATIVE)
            .with(MessagingPattern.ROUTING, Support.EMULATED)
            .with(MessagingPattern.STREAM_PROCESSING, Support.EMULATED)
            .with(MessagingPattern.WORK_QUEUE, Support.NATIVE)
            .with(MessagingPattern.BROADCAST, Support.EMULATED)
            .with(MessagingPattern.REQUEST_REPLY, Support.EMULATED)
            .with(MessagingPattern.STREAM_PROCESSING, Support.EMULATED);

    private final AwsClients aws;
    private final SqsTopology topology;

    /** @param settings what the SDK does not find by itself: region, endpoint and credentials of both clients */
    public SqsBroker(Consumer<AwsClientBuilder<?, ?>> settings) {
        this.aws = AwsClients.create(settings);
        this.topology = new SqsTopology(aws);
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        topology.declare(topic);
        for (String group : groups) {
            topology.declare(topic, group);
        }
    }

    @Override
    public void requireStart(Topic topic, String group, StartPosition start) {
        topology.requireStart(topic, group, start);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new SqsProducer(aws, topology);
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new SqsConsumer(aws, topology, group, options);
    }

    @Override
    public MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        return new SqsBroadcastConsumer(this, options);
    }

    @Override
    public ConsumerGroups groups() {
        return new SqsGroups(aws, topology);
    }

    @Override
    public void ping(Duration timeout) {
        AwsClients.call(
                "A call of SQS",
                () -> aws.sqs()
                        .listQueues(list ->
                                list.maxResults(1).overrideConfiguration(call -> call.apiCallTimeout(timeout))));
    }

    @Override
    public void close() {
        aws.http().close();
    }
}
