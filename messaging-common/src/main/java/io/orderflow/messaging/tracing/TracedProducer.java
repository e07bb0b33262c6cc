package io.orderflow.messaging.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.util.List;

/** Sends each batch in a span, and creates the trace context of messages that do not come from the outbox. */
record TracedProducer(MessageTracing tracing, MessageProducer<String, byte[]> producer)
        implements MessageProducer<String, byte[]> {

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        List<Message<String, byte[]>> created = messages.stream()
                .map(each -> tracing.created(topic.name(), each))
                .toList();
        Span span = tracing.startSend(topic.name(), created);
        try (Tracer.SpanInScope scope = tracing.inScope(span)) {
            producer.sendBatch(topic, created);
        } catch (Throwable failure) {
            AttemptFailures.record(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
