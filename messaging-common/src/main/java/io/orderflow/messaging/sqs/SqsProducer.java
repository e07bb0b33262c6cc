package io.orderflow.messaging.sqs;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Publishes in batches of at most ten messages and 256 KiB, one after the other. */
final class SqsProducer implements MessageProducer<String, byte[]> {

    private static final int MAX_ENTRIES = 10;
    private static final int MAX_BYTES = 256 * 1024;

    private final AwsClients aws;
    private final SqsTopology topology;
    private volatile boolean closed;

    SqsProducer(AwsClients aws, SqsTopology topology) {
        this.aws = aws;
        this.topology = topology;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        List<PublishBatchRequestEntry> batch = new ArrayList<>();
        int bytes = 0;
        for (Message<String, byte[]> message : messages) {
            SqsBroker.LIMITS.requireWithin(topic, message);
            PublishBatchRequestEntry.Builder entry = SqsMessages.entry(topic, message);
            int size = SqsMessages.bytes(entry.build());
            if (batch.size() == MAX_ENTRIES || !batch.isEmpty() && bytes + size > MAX_BYTES) {
                publish(topic, batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(entry.id(Integer.toString(batch.size())).build());
            bytes += size;
        }
        if (!batch.isEmpty()) {
            publish(topic, batch);
        }
    }

    private void publish(Topic topic, List<PublishBatchRequestEntry> batch) {
        if (closed) {
            throw new MessagingException("This producer is closed.", null);
        }
        String arn = topology.requireGroups(topic);
        List<BatchResultErrorEntry> failed = AwsClients.call("Sending to topic " + topic.name(), () -> {
            try {
                return aws.sns()
                        .publishBatch(request -> request.topicArn(arn).publishBatchRequestEntries(batch))
                        .failed();
            } catch (NotFoundException e) {
                topology.forget(topic);
                throw e;
            }
        });
        for (BatchResultErrorEntry each : failed) {
            var id = batch.get(Integer.parseInt(each.id())).messageAttributes().get(Headers.ID);
            String what = "Message " + (id == null ? "without an id" : id.stringValue())
                    + " was not accepted for topic '" + topic.name() + "': " + each.message();
            throw each.senderFault() ? new MessageRejectedException(what, null) : new MessagingException(what, null);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
