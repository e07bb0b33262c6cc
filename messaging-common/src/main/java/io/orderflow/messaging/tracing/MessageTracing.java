package io.orderflow.messaging.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The spans of messages, named after OpenTelemetry's semantic conventions for messaging: {@code create} for each message, in the
 * trace of the caller; {@code send} for each batch, with links to its messages; {@code process} for each message that a
 * subscription handles, as a child of its {@code create}. So all that one request causes is one trace. Thread-safe.
 */
public final class MessageTracing {

    private final Tracer tracer;
    private final Propagator propagator;
    private final UnaryOperator<String> systems;

    /**
     * @param propagator writes and reads the headers that carry a trace context; W3C's are expected
     * @param systems returns the broker of a topic, as the conventions name it
     */
    public MessageTracing(Tracer tracer, Propagator propagator, UnaryOperator<String> systems) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.systems = systems;
    }

    /** The message with the trace context of its creation. One that has it already is returned as it is. */
    public Message<String, byte[]> created(String topic, Message<String, byte[]> message) {
        if (message.header(Headers.TRACE_PARENT) != null) {
            return message;
        }
        Span span = describe(span(Span.Kind.PRODUCER, "create", topic), message).start();
        try {
            Map<String, String> context = new HashMap<>();
            propagator.inject(span.context(), context, Map::put);
            return message.withHeaders(context);
        } finally {
            span.end();
        }
    }

    /** A producer whose batches have a span. */
    public MessageProducer<String, byte[]> sending(MessageProducer<String, byte[]> producer) {
        return new TracedProducer(this, producer);
    }

    /** A span for each message that a subscription handles. */
    public HandlerMiddleware processing(Subscription subscription) {
        return new ProcessSpans(this, subscription);
    }

    /** Inside {@link #processing}: records each failed attempt, also one that is repeated in place. */
    public HandlerMiddleware attempts() {
        return new AttemptFailures(tracer);
    }

    Tracer.SpanInScope inScope(Span span) {
        return tracer.withSpan(span);
    }

    Span startSend(String topic, List<Message<String, byte[]>> messages) {
        Span.Builder span = span(Span.Kind.CLIENT, "send", topic).tag("messaging.batch.message_count", messages.size());
        messages.forEach(each -> link(span, each, Headers.TRACE_PARENT));
        return span.start();
    }

    Span startProcess(String group, Delivery<String, byte[]> delivery, boolean again) {
        Message<String, byte[]> message = delivery.message();
        Span.Builder span = tagged(
                        propagator.extract(message.headers(), Map::get),
                        Span.Kind.CONSUMER,
                        "process",
                        delivery.topic())
                .tag("messaging.consumer.group.name", group);
        if (again) {
            link(span, message, Headers.FIRST_ATTEMPT);
        }
        return describe(span, message).start();
    }

    private Span.Builder span(Span.Kind kind, String operation, String topic) {
        return tagged(tracer.spanBuilder(), kind, operation, topic);
    }

    private Span.Builder tagged(Span.Builder span, Span.Kind kind, String operation, String topic) {
        return span.kind(kind)
                .name(operation + " " + topic)
                .tag("messaging.system", systems.apply(topic))
                .tag("messaging.operation.name", operation)
                .tag("messaging.operation.type", operation)
                .tag("messaging.destination.name", topic);
    }

    private static Span.Builder describe(Span.Builder span, Message<String, byte[]> message) {
        tag(span, "messaging.message.id", message.header(Headers.ID));
        tag(span, "cloudevents.event_type", message.header(Headers.TYPE));
        tag(span, "messaging.message.conversation_id", message.key());
        return span;
    }

    private static void tag(Span.Builder span, String name, @Nullable String value) {
        if (value != null) {
            span.tag(name, value);
        }
    }

    /** Links to spans that are not recorded would lead nowhere. */
    private void link(Span.Builder span, Message<String, byte[]> message, String header) {
        TraceParent.parse(message.header(header))
                .filter(TraceParent::sampled)
                .ifPresent(each -> span.addLink(new Link(context(each))));
    }

    private TraceContext context(TraceParent parent) {
        return tracer.traceContextBuilder()
                .traceId(parent.traceId())
                .spanId(parent.spanId())
                .sampled(parent.sampled())
                .build();
    }
}
