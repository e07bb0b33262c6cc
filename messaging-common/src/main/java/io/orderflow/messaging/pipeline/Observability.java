package io.orderflow.messaging.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.tracing.MessageTracing;
import org.jspecify.annotations.Nullable;

/**
 * How handling is observed.
 *
 * @param registry for metrics
 * @param tracing for spans; null without a tracer
 */
public record Observability(
        MeterRegistry registry, @Nullable MessageTracing tracing) {}
