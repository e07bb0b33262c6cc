package io.orderflow.messaging.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.claimcheck.ClaimCheck;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventHandler;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.EventWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Both sides without a broker: what is sent is handed over by hand. */
class RequestReplyTest {

    record Asked(String sku) {}

    record Answered(int cents) {}

    private record Sent(Topic topic, Message<String, byte[]> message) {}

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Sent> sent = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-27T10:00:00Z");
    private boolean unavailable;

    private final MessageProducer<String, byte[]> producer = new MessageProducer<>() {
        @Override
        public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
            if (unavailable) {
                throw new MessagingException("unavailable", null);
            }
            messages.forEach(each -> sent.add(new Sent(topic, each)));
        }

        @Override
        public void close() {}
    };

    private final PendingRequests requests = new PendingRequests(
            new EventWriter(
                    List.of(EventType.of(Asked.class, "asked.v1", "questions", Asked::sku)),
                    "/shop",
                    topic -> BrokerLimits.ofMessageBytes(100_000),
                    ClaimCheck.NONE,
                    () -> now),
            producer,
            new ReplyAddress("shop.replies", "i1"),
            () -> now,
            registry);
    private final Replies replies = new Replies(producer, "/responder", () -> now);
    private final EventHandler<Asked> responder = replies.with("answered.v1", Answered.class, asked -> {
        if (asked.sku().isEmpty()) {
            throw new RequestFailedException(new Problem("/problems/no-sku", "No such article", 404, null));
        }
        if (asked.sku().equals("bug")) {
            throw new IllegalStateException("secret");
        }
        return new Answered(900);
    });

    @Test
    void a_request_carries_where_and_until_when_it_is_answered() {
        requests.send(new Asked("MUG"), Answered.class, LONG);

        assertThat(sent.get(0).topic().name()).isEqualTo("questions");
        assertThat(sent.get(0).message().headers())
                .containsEntry(Headers.REPLY_TO, "shop.replies")
                .containsEntry(Headers.REPLY_ADDRESS, "i1")
                .containsEntry(Headers.EXPIRES_AT, "2026-11-27T10:01:00Z");
    }

    @Test
    void the_reply_completes_the_request() throws Exception {
        CompletableFuture<Answered> reply = requests.send(new Asked("MUG"), Answered.class, LONG);
        respond();

        Sent answer = sent.get(1);
        assertThat(answer.topic()).isEqualTo(Topic.named("shop.replies"));
        assertThat(answer.topic().isBroadcast()).isTrue();
        assertThat(answer.message().headers()).containsEntry(Headers.ADDRESS, "i1");
        deliver(answer.message());
        assertThat(reply).isCompletedWithValue(new Answered(900));
        assertThat(replies("received")).isEqualTo(1);
        assertThat(registry.get("messaging.requests.pending").gauge().value()).isZero();
    }

    @Test
    void a_problem_of_the_responder_is_thrown_as_it_was_stated() throws Exception {
        CompletableFuture<Answered> reply = requests.send(new Asked(""), Answered.class, LONG);
        respond();
        deliver(sent.get(1).message());

        assertThatThrownBy(reply::join)
                .hasCauseInstanceOf(RequestFailedException.class)
                .cause()
                .extracting(each -> ((RequestFailedException) each).problem())
                .isEqualTo(new Problem("/problems/no-sku", "No such article", 404, null));
    }

    @Test
    void any_other_failure_is_replied_without_internals() throws Exception {
        CompletableFuture<Answered> reply = requests.send(new Asked("bug"), Answered.class, LONG);
        respond();
        deliver(sent.get(1).message());

        assertThat(new String(sent.get(1).message().value(), UTF_8)).doesNotContain("secret");
        assertThatThrownBy(reply::join).hasMessageContaining("Internal error (500)");
    }

    @Test
    void a_late_a_duplicate_and_a_forged_reply_are_counted_and_dropped() throws Exception {
        CompletableFuture<Answered> late = requests.send(new Asked("MUG"), Answered.class, Duration.ofNanos(1));
        assertThatThrownBy(late::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RequestTimeoutException.class);
        respond();
        deliver(sent.get(1).message());
        assertThat(replies("late")).isEqualTo(1);

        CompletableFuture<Answered> answered = requests.send(new Asked("MUG"), Answered.class, LONG);
        respond(sent.get(2).message());
        deliver(sent.get(3).message());
        deliver(sent.get(3).message());
        assertThat(answered).isCompleted();
        assertThat(replies("duplicate")).isEqualTo(1);

        deliver(sent.get(3).message().withHeader(Headers.CORRELATION_ID, "guessed"));
        deliver(sent.get(3).message().withoutHeaders(List.of(Headers.CORRELATION_ID)));
        assertThat(replies("unknown")).isEqualTo(2);
    }

    @Test
    void a_malformed_reply_fails_its_request_and_no_other() throws Exception {
        CompletableFuture<Answered> reply = requests.send(new Asked("MUG"), Answered.class, LONG);
        CompletableFuture<Answered> other = requests.send(new Asked("MUG"), Answered.class, LONG);
        respond();
        deliver(sent.get(2).message().withValue("{".getBytes(UTF_8)));

        assertThatThrownBy(reply::join).hasCauseInstanceOf(UndecodableException.class);
        assertThat(other).isNotDone();
    }

    @Test
    void a_request_that_was_not_accepted_is_not_pending() {
        unavailable = true;

        assertThatThrownBy(() -> requests.send(new Asked("MUG"), Answered.class, LONG))
                .isInstanceOf(MessagingException.class);
        assertThat(registry.get("messaging.requests.pending").gauge().value()).isZero();
    }

    @Test
    void a_request_whose_time_is_up_is_not_begun() throws Exception {
        requests.send(new Asked("MUG"), Answered.class, LONG);
        now = now.plus(LONG).plusMillis(1);
        respond();

        assertThat(sent).hasSize(1);
    }

    @Test
    void a_request_cannot_have_its_reply_sent_to_a_topic_of_events() throws Exception {
        requests.send(new Asked("MUG"), Answered.class, LONG);
        respond(sent.get(0).message().withHeader(Headers.REPLY_TO, "orders"));

        assertThat(sent).hasSize(1);
    }

    private void respond() throws Exception {
        respond(sent.get(0).message());
    }

    private void respond(Message<String, byte[]> request) throws Exception {
        String sku = new String(request.value(), UTF_8).replaceAll(".*:\"(.*)\".*", "$1");
        responder.handle(
                new Asked(sku),
                new EventContext(
                        request.header(Headers.ID),
                        "asked.v1",
                        "k",
                        now,
                        "questions",
                        1,
                        new HashMap<>(request.headers())));
    }

    private void deliver(Message<String, byte[]> reply) {
        requests.handle(List.of(new Delivery<>("shop.replies", reply, "shop.replies@1")));
    }

    private double replies(String result) {
        return registry.counter("messaging.replies", "result", result).count();
    }
}
