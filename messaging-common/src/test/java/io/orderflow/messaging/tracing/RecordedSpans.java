package io.orderflow.messaging.tracing;

import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/** OpenTelemetry's SDK with an exporter in memory. */
final class RecordedSpans {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Tracer sdk = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()
            .get("test");

    final OtelTracer tracer = new OtelTracer(sdk, new OtelCurrentTraceContext(), event -> {});
    final MessageTracing tracing = new MessageTracing(
            tracer,
            new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), sdk),
            topic -> "memory");

    List<SpanData> named(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(each -> each.getName().equals(name))
                .toList();
    }

    SpanData only(String name) {
        List<SpanData> spans = named(name);
        if (spans.size() != 1) {
            throw new AssertionError(spans.size() + " spans are named " + name + ", not 1: " + spans);
        }
        return spans.get(0);
    }
}
