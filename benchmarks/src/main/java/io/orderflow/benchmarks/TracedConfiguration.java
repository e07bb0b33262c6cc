package io.orderflow.benchmarks;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OpenTelemetry's SDK, which records every span and exports it in batches to an exporter that drops them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("bench.traced")
class TracedConfiguration {

    private record Dropping() implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Bean
    SdkTracerProvider spans() {
        return SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new Dropping()).build())
                .build();
    }

    @Bean
    Tracer tracer(SdkTracerProvider spans) {
        return new OtelTracer(spans.get("bench"), new OtelCurrentTraceContext(), event -> {});
    }

    @Bean
    Propagator propagator(SdkTracerProvider spans) {
        return new OtelPropagator(
                ContextPropagators.create(W3CTraceContextPropagator.getInstance()), spans.get("bench"));
    }
}
