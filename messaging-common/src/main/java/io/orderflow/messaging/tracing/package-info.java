/** Spans of messages, for applications with a Micrometer {@code Tracer}. */
@NullMarked
package io.orderflow.messaging.tracing;

import org.jspecify.annotations.NullMarked;
