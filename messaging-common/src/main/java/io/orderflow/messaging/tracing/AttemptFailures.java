package io.orderflow.messaging.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;

/** Records failed attempts in the span of their message. */
record AttemptFailures(Tracer tracer) implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            try {
                return next.handle(delivery);
            } catch (Throwable failure) {
                Span span = tracer.currentSpan();
                if (span != null) {
                    record(span, failure);
                }
                throw failure;
            }
        };
    }

    static void record(Span span, Throwable failure) {
        span.error(failure).tag("error.type", failure.getClass().getName());
    }
}
