package io.orderflow.messaging.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.Observability;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.pipeline.TimeLimit;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.policy.OperatorPauses;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTracingTest {

    private static final String TYPE = "order.placed.v1";

    private final RecordedSpans spans = new RecordedSpans();
    private final MemoryBroker broker = new MemoryBroker();
    private final List<Message<String, byte[]>> recovered = new ArrayList<>();
    private final EventSubscription subscription = EventSubscription.of("orders", "stock")
            .on(String.class, TYPE, (name, context) -> {
                if (name.equals("bad")) {
                    throw new IllegalStateException("It is bad.");
                }
            })
            .retrying(RetryPolicy.defaults().maxAttempts(2).pausing(Duration.ZERO, Duration.ofSeconds(1)));

    @Test
    void a_message_is_created_in_the_trace_of_its_caller() {
        Message<String, byte[]> created = inSpan(() -> spans.tracing.created("orders", message("good")));

        SpanData create = spans.only("create orders");
        assertThat(create.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(create.getTraceId()).isEqualTo(spans.only("request").getTraceId());
        assertThat(create.getAttributes().asMap())
                .containsEntry(stringKey("messaging.system"), "memory")
                .containsEntry(stringKey("messaging.operation.type"), "create")
                .containsEntry(stringKey("messaging.destination.name"), "orders")
                .containsEntry(stringKey("messaging.message.id"), "id-good")
                .containsEntry(stringKey("messaging.message.conversation_id"), "order-1");
        assertThat(spanOf(created)).isEqualTo(traceParent(create));
        assertThat(spans.tracing.created("orders", created)).isSameAs(created);
    }

    @Test
    void a_batch_is_sent_in_one_span_with_a_link_to_each_message() {
        List<Message<String, byte[]>> sent = new ArrayList<>();
        Message<String, byte[]> earlier = inSpan(() -> spans.tracing.created("orders", message("earlier")));

        spans.tracing.sending(capturing(sent)).sendBatch(Topic.named("orders"), List.of(earlier, message("new")));

        SpanData send = spans.only("send orders");
        assertThat(send.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(send.getAttributes().get(longKey("messaging.batch.message_count")))
                .isEqualTo(2);
        assertThat(send.getLinks())
                .extracting(MessageTracingTest::linked)
                .containsExactlyElementsOf(
                        sent.stream().map(MessageTracingTest::spanOf).toList());
        assertThat(sent.get(0)).isSameAs(earlier);
    }

    @Test
    void a_failed_send_is_an_error() {
        MessageProducer<String, byte[]> failing = spans.tracing.sending(new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                throw new IllegalStateException("unavailable");
            }

            @Override
            public void close() {}
        });

        assertThatIllegalStateException().isThrownBy(() -> failing.send(Topic.named("orders"), message("good")));
        assertThat(spans.only("send orders").getAttributes().get(stringKey("error.type")))
                .isEqualTo("java.lang.IllegalStateException");
    }

    @ParameterizedTest
    @EnumSource
    void each_message_is_processed_in_the_trace_that_created_it(UnitOfWork unit) throws Exception {
        Message<String, byte[]> good = inSpan(() -> spans.tracing.created("orders", message("good")));
        Message<String, byte[]> other = spans.tracing.created("orders", message("other"));

        handle(unit, delivery("orders", good), delivery("orders", other));

        List<SpanData> processed = spans.named("process orders");
        assertThat(processed)
                .extracting(SpanData::getParentSpanId)
                .containsExactlyElementsOf(spans.named("create orders").stream()
                        .map(SpanData::getSpanId)
                        .toList());
        assertThat(processed.get(0).getTraceId())
                .isEqualTo(spans.only("request").getTraceId())
                .isNotEqualTo(processed.get(1).getTraceId());
        assertThat(processed).allSatisfy(each -> {
            assertThat(each.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(each.getLinks()).isEmpty();
            assertThat(each.getAttributes().asMap())
                    .containsEntry(stringKey("messaging.consumer.group.name"), "stock")
                    .doesNotContainKey(stringKey("orderflow.result"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_retry_links_to_the_first_attempt(UnitOfWork unit) throws Exception {
        handle(unit, delivery("orders", spans.tracing.created("orders", message("bad"))));
        handle(unit, delivery("orders.stock.retry", recovered.get(0)));

        SpanData first = last("process orders");
        SpanData retry = last("process orders.stock.retry");
        assertThat(first.getStatus().getStatusCode())
                .isEqualTo(StatusData.error().getStatusCode());
        assertThat(retry.getLinks()).extracting(MessageTracingTest::linked).containsExactly(traceParent(first));
        assertThat(retry.getTraceId()).isEqualTo(first.getTraceId());
        assertThat(retry.getAttributes().get(stringKey("orderflow.result"))).isEqualTo("recovered");
        assertThat(recovered)
                .hasSize(2)
                .allSatisfy(
                        each -> assertThat(each.header(Headers.FIRST_ATTEMPT)).isEqualTo(traceParent(first)));
    }

    @Test
    void a_first_attempt_stated_by_another_producer_is_not_linked() throws Exception {
        Message<String, byte[]> forged = message("bad")
                .withHeader(Headers.FIRST_ATTEMPT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        handle(UnitOfWork.MESSAGE, delivery("orders", forged));

        SpanData process = spans.only("process orders");
        assertThat(process.getLinks()).isEmpty();
        assertThat(recovered.get(0).header(Headers.FIRST_ATTEMPT)).isEqualTo(traceParent(process));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void a_message_without_a_valid_trace_context_begins_a_trace(String header) throws Exception {
        handle(UnitOfWork.MESSAGE, delivery("orders", message("good").withHeader(Headers.TRACE_PARENT, header)));

        assertThat(spans.only("process orders").getParentSpanContext().isValid())
                .isFalse();
        assertThat(TraceParent.parse(header)).isEmpty();
    }

    private <T> T inSpan(Supplier<T> work) {
        Span span = spans.tracer.nextSpan().name("request").start();
        try (Tracer.SpanInScope scope = spans.tracer.withSpan(span)) {
            return work.get();
        } finally {
            span.end();
        }
    }

    @SafeVarargs
    private void handle(UnitOfWork unit, Delivery<String, byte[]>... deliveries) throws Exception {
        Pipeline pipeline = new Pipeline(
                new Recoverer(recovered),
                new PipelineFeatures(new Inbox(), null, null, List.of(), List.of()),
                new Observability(new SimpleMeterRegistry(), spans.tracing),
                message -> new byte[0],
                InstantSource.system());
        EventSubscription its = subscription.unitOfWork(unit);
        pipeline.of(
                        its,
                        pipeline.circuits(its, new OperatorPauses()),
                        new TimeLimit("", Duration.ofSeconds(10)),
                        StopCheck.NEVER)
                .handle(List.of(deliveries));
    }

    private static Delivery<String, byte[]> delivery(String topic, Message<String, byte[]> message) {
        return new Delivery<>(topic, message, topic + "-0@1");
    }

    private static Message<String, byte[]> message(String name) {
        return new Message<>(
                "order-1",
                ('"' + name + '"').getBytes(),
                Map.of(Headers.ID, "id-" + name, Headers.TYPE, TYPE, Headers.SOURCE, "/test"),
                Instant.EPOCH);
    }

    private static MessageProducer<String, byte[]> capturing(List<Message<String, byte[]>> sent) {
        return new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                sent.addAll(messages);
            }

            @Override
            public void close() {}
        };
    }

    /** Where a poll is handled as a whole, a span precedes it for the poll that failed. */
    private SpanData last(String name) {
        List<SpanData> all = spans.named(name);
        return all.get(all.size() - 1);
    }

    private static String spanOf(Message<String, byte[]> message) {
        return TraceParent.parse(message.header(Headers.TRACE_PARENT))
                .orElseThrow()
                .toString();
    }

    private static String traceParent(SpanData span) {
        return new TraceParent(span.getTraceId(), span.getSpanId(), true).toString();
    }

    private static String linked(LinkData link) {
        return new TraceParent(
                        link.getSpanContext().getTraceId(),
                        link.getSpanContext().getSpanId(),
                        true)
                .toString();
    }

    private record Recoverer(List<Message<String, byte[]>> messages) implements MessageRecoverer {

        @Override
        public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
            return messages.add(message);
        }

        @Override
        public void deadLetter(String topic, Message<String, byte[]> message) {
            messages.add(message);
        }
    }

    /** Knows no message. */
    private record Inbox() implements Idempotency {

        @Override
        public HandlerMiddleware recording(Subscription subscription) {
            return next -> next;
        }

        @Override
        public HandlerMiddleware message(Subscription subscription, StopCheck stop) {
            return next -> next;
        }

        @Override
        public AtomicBatch batch(Subscription subscription, AtomicBatch newMessages) {
            return newMessages;
        }
    }
}
