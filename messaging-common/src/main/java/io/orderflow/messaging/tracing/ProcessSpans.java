package io.orderflow.messaging.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.util.Locale;

/**
 * A span for each message, until it is handled, delayed for a retry or dead-lettered. A retried or redriven message carries the
 * span of its first attempt, to which the spans of later ones link. Where a transaction around a whole poll fails, its messages
 * have another span each for their handling one by one.
 */
record ProcessSpans(MessageTracing tracing, Subscription subscription) implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            boolean again = delivery.topic().equals(subscription.retryTopic());
            Span span = tracing.startProcess(subscription.group(), delivery, again);
            try (Tracer.SpanInScope scope = tracing.inScope(span)) {
                HandlerResult result = next.handle(again ? delivery : asFirstAttempt(delivery, span));
                if (result != HandlerResult.HANDLED) {
                    span.tag("orderflow.result", result.name().toLowerCase(Locale.ROOT));
                }
                return result;
            } catch (Throwable failure) {
                AttemptFailures.record(span, failure);
                throw failure;
            } finally {
                span.end();
            }
        };
    }

    /** Replaces what another producer may have sent: only the header of a retried message is ours. */
    private static Delivery<String, byte[]> asFirstAttempt(Delivery<String, byte[]> delivery, Span span) {
        TraceContext context = span.context();
        TraceParent attempt =
                new TraceParent(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
        return new Delivery<>(
                delivery.topic(),
                delivery.message().withHeader(Headers.FIRST_ATTEMPT, attempt.toString()),
                delivery.position());
    }
}
