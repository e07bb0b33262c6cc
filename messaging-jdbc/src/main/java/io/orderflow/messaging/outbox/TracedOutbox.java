package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.events.SuppressedPublishing;
import io.orderflow.messaging.tracing.MessageTracing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Stores the trace context of the caller with each message, so that the relay, which runs later, need not know it. */
public record TracedOutbox(Outbox outbox, MessageTracing tracing) implements Outbox {

    @Override
    public void add(String topic, List<Message<String, byte[]>> messages) {
        outbox.add(topic, created(topic, messages));
    }

    @Override
    public void addNotBefore(Instant time, String topic, List<Message<String, byte[]>> messages) {
        outbox.addNotBefore(time, topic, created(topic, messages));
    }

    @Override
    public void addAfter(Duration delay, String topic, List<Message<String, byte[]>> messages) {
        outbox.addAfter(delay, topic, created(topic, messages));
    }

    @Override
    public void schedule(Schedule schedule, String topic, Message<String, byte[]> message) {
        outbox.schedule(schedule, topic, created(topic, message));
    }

    @Override
    public boolean cancel(String name) {
        return outbox.cancel(name);
    }

    private List<Message<String, byte[]>> created(String topic, List<Message<String, byte[]>> messages) {
        return messages.stream().map(each -> created(topic, each)).toList();
    }

    /** Not while publishing is suppressed: the message would have a span and never be sent. */
    private Message<String, byte[]> created(String topic, Message<String, byte[]> message) {
        return SuppressedPublishing.isActive() ? message : tracing.created(topic, NewRow.identified(message));
    }
}
