package io.orderflow.messaging.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.CrashProtection;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.OperatorPauses;
import io.orderflow.messaging.policy.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of each unit of work, and the metrics of each path. */
class PipelineTest {

    private static final Instant EXPIRED_AT = Instant.parse("2026-11-27T10:00:00Z");
    private static final String TYPE = "order.placed.v1";

    private Instant now = EXPIRED_AT;
    private final MemoryBroker broker = new MemoryBroker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> handled = new ArrayList<>();
    private final PipelineFeatures features = new PipelineFeatures(
            new Inbox(),
            subscription -> new Guard(),
            subscription -> new Sequences(),
            List.of(new Polls()),
            List.of(new Audit()));

    @Test
    void a_message_in_a_transaction() {
        assertThat(pipeline(features).describe(subscription(UnitOfWork.MESSAGE).inSequence()))
                .isEqualTo("""
                        stock on orders, UnitOfWork.MESSAGE
                          poll:    Guard > Polls > each message
                          message: HandlingMetrics > Retrying > Guard > Inbox > Expiry > Sequences > TimeLimit > Audit > handlers""");
    }

    @Test
    void a_poll_in_a_transaction_and_if_that_fails_message_by_message() {
        assertThat(pipeline(features).describe(subscription(UnitOfWork.POLL))).isEqualTo("""
                        stock on orders, UnitOfWork.POLL
                          poll:    Guard > Polls > BatchTransaction > all messages( Expiry > TimeLimit > Audit > handlers ), and if that fails each message
                          message: HandlingMetrics > Retrying > Guard > Inbox > Expiry > TimeLimit > Audit > handlers""");
    }

    @Test
    void a_handler_with_transactions_of_its_own() {
        assertThat(pipeline(features).describe(subscription(UnitOfWork.SELF_MANAGED)))
                .isEqualTo("""
                        stock on orders, UnitOfWork.SELF_MANAGED
                          poll:    Guard > Polls > each message
                          message: HandlingMetrics > Retrying > Guard > Recorder > Expiry > TimeLimit > Audit > handlers""");
    }

    @Test
    void without_a_database() {
        assertThat(pipeline(PipelineFeatures.NONE).describe(subscription(UnitOfWork.POLL)))
                .isEqualTo("""
                        stock on orders, UnitOfWork.POLL
                          poll:    each message
                          message: HandlingMetrics > Retrying > Expiry > TimeLimit > handlers""");
    }

    @Test
    void sequences_need_a_database() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline(PipelineFeatures.NONE)
                        .describe(subscription(UnitOfWork.MESSAGE).inSequence()))
                .withMessageContaining("stock on orders")
                .withMessageContaining("DataSource");
    }

    /** One is handled, one is a duplicate, one is dead-lettered. */
    @ParameterizedTest
    @EnumSource
    void the_metrics_are_the_same_in_every_unit_of_work(UnitOfWork unit) throws Exception {
        handle(unit, "good", "known", "bad");

        assertThat(handled).contains("good");
        assertThat(count("messaging.handled")).isEqualTo(2);
        assertThat(count("messaging.dead.lettered")).isEqualTo(1);
        assertThat(count("messaging.retried")).isEqualTo(1);
        assertThat(registry.get("messaging.inbox.duplicates").counter().count())
                .isEqualTo(unit == UnitOfWork.SELF_MANAGED ? 0 : 1);
        assertThat(registry.get("messaging.handling").timer().count()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void nor_do_they_depend_on_whether_a_poll_succeeds_as_a_whole(UnitOfWork unit) throws Exception {
        handle(unit, "good", "known");

        assertThat(count("messaging.handled")).isEqualTo(2);
        assertThat(registry.get("messaging.handling").timer().count()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_filter_does_not_accept_reaches_no_inbox_and_no_handler(UnitOfWork unit) throws Exception {
        handle(subscription(unit).whereAny(Map.of(Headers.ID, "good")), "good", "known", "bad");

        assertThat(handled).containsExactly("good");
        assertThat(count("messaging.filtered")).isEqualTo(2);
        assertThat(count("messaging.handled")).isEqualTo(1);
        assertThat(count("messaging.dead.lettered")).isZero();
        assertThat(registry.get("messaging.handling").timer().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void an_expired_message_is_dead_lettered_and_not_handled(UnitOfWork unit) throws Exception {
        now = EXPIRED_AT.plusMillis(1);
        handle(subscription(unit), "good", "expired");

        assertThat(handled).containsOnly("good");
        assertThat(count("messaging.handled")).isEqualTo(1);
        assertThat(count("messaging.retried")).isZero();
        assertThat(count("messaging.dead.lettered")).isEqualTo(1);
        assertThat(count("messaging.expired")).isEqualTo(1);
    }

    @Test
    void a_message_is_handled_until_it_expires() throws Exception {
        now = EXPIRED_AT;
        handle(subscription(UnitOfWork.MESSAGE), "expired");

        assertThat(handled).containsExactly("expired");
    }

    /** Its sender gets a time-out. */
    @Test
    void an_expired_request_is_left_to_its_handler() throws Exception {
        now = EXPIRED_AT.plusMillis(1);
        handle(subscription(UnitOfWork.MESSAGE), "request");

        assertThat(count("messaging.dead.lettered")).isZero();
        assertThat(handled).containsExactly("request");
    }

    private double count(String name) {
        return registry.get(name)
                .tags("topic", "orders", "group", "stock")
                .counter()
                .count();
    }

    private void handle(UnitOfWork unit, String... names) throws Exception {
        handle(subscription(unit), names);
    }

    private void handle(EventSubscription subscription, String... names) throws Exception {
        Pipeline pipeline = pipeline(features);
        TimeLimit limit = new TimeLimit("test", Duration.ofMinutes(1));
        List<Delivery<String, byte[]>> deliveries =
                List.of(names).stream().map(PipelineTest::delivery).toList();
        pipeline.of(subscription, pipeline.circuits(subscription, new OperatorPauses()), limit, StopCheck.NEVER)
                .handle(deliveries);
    }

    private static Delivery<String, byte[]> delivery(String name) {
        byte[] json = ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>(Map.of(Headers.ID, name, Headers.TYPE, TYPE));
        if (name.equals("expired") || name.equals("request")) {
            headers.put(Headers.EXPIRES_AT, EXPIRED_AT.toString());
        }
        if (name.equals("request")) {
            headers.put(Headers.REPLY_TO, "shop.replies");
        }
        return new Delivery<>("orders", new Message<>(name, json, headers, Instant.EPOCH), "orders@" + name);
    }

    private EventSubscription subscription(UnitOfWork unit) {
        return EventSubscription.of("orders", "stock")
                .on(String.class, TYPE, (name, context) -> {
                    if (name.equals("bad")) {
                        throw new IllegalStateException("It is bad.");
                    }
                    handled.add(name);
                })
                .retrying(RetryPolicy.defaults().maxAttempts(2).pausing(Duration.ZERO, Duration.ZERO))
                .reading(ConsumerOptions.defaults())
                .unitOfWork(unit);
    }

    private Pipeline pipeline(PipelineFeatures with) {
        return new Pipeline(new DirectRecoverer(broker.producer()), with, registry, () -> now);
    }

    /** Knows one message. */
    private record Inbox() implements Idempotency, HandlerMiddleware {

        @Override
        public HandlerMiddleware recording(Subscription subscription) {
            return new Recorder();
        }

        @Override
        public HandlerMiddleware message(Subscription subscription, StopCheck stop) {
            return this;
        }

        @Override
        public MessageHandler around(MessageHandler next) {
            return delivery -> handle(delivery, next);
        }

        @Override
        public AtomicBatch batch(Subscription subscription, AtomicBatch newMessages) {
            return deliveries -> {
                Iterator<HandlerResult> results = newMessages
                        .handle(deliveries.stream().filter(Inbox::isNew).toList())
                        .iterator();
                return deliveries.stream()
                        .map(each -> isNew(each) ? results.next() : HandlerResult.DUPLICATE)
                        .toList();
            };
        }

        private static boolean isNew(Delivery<String, byte[]> delivery) {
            return !delivery.message().key().equals("known");
        }

        private static HandlerResult handle(Delivery<String, byte[]> delivery, MessageHandler next) throws Exception {
            return isNew(delivery) ? next.handle(delivery) : HandlerResult.DUPLICATE;
        }
    }

    private record Recorder() implements HandlerMiddleware {

        @Override
        public MessageHandler around(MessageHandler next) {
            return next;
        }
    }

    private record Guard() implements CrashProtection {

        private record Named(String name) implements HandlerMiddleware {

            @Override
            public MessageHandler around(MessageHandler next) {
                return next;
            }
        }

        @Override
        public BatchMiddleware poll() {
            return new Polls("Guard");
        }

        @Override
        public HandlerMiddleware message() {
            return new Named("Guard");
        }

        @Override
        public AtomicBatch together(AtomicBatch batch) {
            return batch;
        }
    }

    private record Polls(String name) implements BatchMiddleware {

        Polls() {
            this("Polls");
        }

        @Override
        public BatchHandler around(BatchHandler next) {
            return next;
        }
    }

    private record Sequences() implements HandlerMiddleware {

        @Override
        public MessageHandler around(MessageHandler next) {
            return next;
        }
    }

    private record Audit() implements HandlerMiddleware {

        @Override
        public MessageHandler around(MessageHandler next) {
            return next;
        }
    }
}
