package io.orderflow.messaging.sqs;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.PartitionsRevokedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The queue of a group as one member reads it. What the member receives is hidden from others until the visibility time-out. */
final class GroupQueue {

    static final int BATCH = 10;

    private final SqsClient sqs;
    private final String topic;
    private final String url;
    private final Duration visibility;
    private final List<String> inFlight = new ArrayList<>(); // receipt handles
    private long extendAt;

    GroupQueue(SqsClient sqs, String topic, String url, Duration visibility) {
        this.sqs = sqs;
        this.topic = topic;
        this.url = url;
        this.visibility = visibility;
    }

    List<Delivery<String, byte[]>> receive(int most, int waitSeconds) {
        List<Message> received = AwsClients.call(
                "Receiving messages of topic " + topic,
                () -> sqs.receiveMessage(request -> request.queueUrl(url)
                                .maxNumberOfMessages(Math.min(most, BATCH))
                                .waitTimeSeconds(waitSeconds)
                                .visibilityTimeout((int) visibility.toSeconds())
                                .messageAttributeNames("All")
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                        .messages());
        if (inFlight.isEmpty()) {
            scheduleExtension();
        }
        received.forEach(each -> inFlight.add(each.receiptHandle()));
        return received.stream()
                .map(each -> new Delivery<>(topic, SqsMessages.message(each), topic + "@" + each.messageId()))
                .toList();
    }

    /** Extends the time-out of messages in flight whenever a third of it has passed. */
    void extendIfDue() {
        if (!inFlight.isEmpty() && System.nanoTime() >= extendAt) {
            scheduleExtension();
            requireNone(changeVisibility(visibility, visibility));
        }
    }

    private void scheduleExtension() {
        extendAt = System.nanoTime() + visibility.toNanos() / 3;
    }

    /** Deletes the messages in flight. */
    void commit() {
        List<BatchResultErrorEntry> failed = inBatches(
                "Deleting committed messages",
                batch -> sqs.deleteMessageBatch(request -> request.queueUrl(url)
                                .entries(batch.stream()
                                        .map(handle -> DeleteMessageBatchRequestEntry.builder()
                                                .id(UUID.randomUUID().toString())
                                                .receiptHandle(handle)
                                                .build())
                                        .toList()))
                        .failed());
        inFlight.clear();
        requireNone(failed);
    }

    /** Makes them visible, the last one first: SQS delivers none of a key while others of it are in flight. */
    void release(Duration timeout) {
        Collections.reverse(inFlight);
        changeVisibility(Duration.ZERO, timeout);
        inFlight.clear();
    }

    private List<BatchResultErrorEntry> changeVisibility(Duration visible, Duration timeout) {
        return inBatches(
                "Changing the visibility time-out",
                batch -> sqs.changeMessageVisibilityBatch(request -> request.queueUrl(url)
                                .overrideConfiguration(call -> call.apiCallTimeout(timeout))
                                .entries(batch.stream()
                                        .map(handle -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                                .id(UUID.randomUUID().toString())
                                                .receiptHandle(handle)
                                                .visibilityTimeout((int) visible.toSeconds())
                                                .build())
                                        .toList()))
                        .failed());
    }

    private List<BatchResultErrorEntry> inBatches(
            String action, Function<List<String>, List<BatchResultErrorEntry>> call) {
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (int from = 0; from < inFlight.size(); from += BATCH) {
            List<String> batch = inFlight.subList(from, Math.min(from + BATCH, inFlight.size()));
            failed.addAll(AwsClients.call(action, () -> call.apply(batch)));
        }
        return failed;
    }

    private void requireNone(List<BatchResultErrorEntry> failed) {
        if (!failed.isEmpty()) {
            throw new PartitionsRevokedException(failed.size() + " messages of topic " + topic
                    + " are delivered again: " + failed.get(0).message());
        }
    }
}
