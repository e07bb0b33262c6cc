package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.claimcheck.ClaimCheck;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.request.PendingRequests;
import io.orderflow.messaging.request.Replies;
import io.orderflow.messaging.request.ReplyAddress;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.Reader;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request has one reply, at the instance that asked. */
interface RequestScenarios extends InScenario {

    /** A question. */
    record Asked(int number) {}

    /** Its answer. */
    record Squared(int number) {}

    String ASKED = "asked.v1";

    @Test
    default void each_instance_gets_the_replies_to_its_own_requests() {
        Scenario s = requesting();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        PendingRequests one = requester(s, "one", registry);
        PendingRequests other = requester(s, "other", registry);
        respond(s);

        List<CompletableFuture<Squared>> replies = IntStream.rangeClosed(1, 50)
                .mapToObj(each -> (each % 2 == 0 ? one : other).send(new Asked(each), Squared.class, s.patience()))
                .toList();

        assertThat(replies.stream().map(CompletableFuture::join).toList())
                .isEqualTo(IntStream.rangeClosed(1, 50)
                        .mapToObj(each -> new Squared(each * each))
                        .toList());
        assertThat(registry.counter("messaging.replies", "result", "received").count())
                .isEqualTo(50);
        assertThat(registry.counter("messaging.replies", "result", "unknown").count())
                .isZero();
    }

    @Test
    default void a_request_waits_for_its_responder() {
        Scenario s = requesting();
        s.declare(s.group("responder"));
        PendingRequests requester = requester(s, "one", new SimpleMeterRegistry());
        CompletableFuture<Squared> reply = requester.send(new Asked(3), Squared.class, s.patience());
        assertThat(reply).isNotDone();

        respond(s);

        assertThat(reply.join()).isEqualTo(new Squared(9));
    }

    private Scenario requesting() {
        Scenario s = scenario();
        assumeTrue(
                s.traits().support(MessagingPattern.REQUEST_REPLY) != Support.UNSUPPORTED,
                "the broker carries no replies to single instances");
        s.declare(s.group("responder"));
        return s;
    }

    private static PendingRequests requester(Scenario s, String instance, SimpleMeterRegistry registry) {
        MessageBroker broker = s.newConnection();
        MessageProducer<String, byte[]> producer = s.newProducer(broker);
        ReplyAddress address = new ReplyAddress(Topic.repliesTo(s.topic().name()), instance);
        EventWriter writer = new EventWriter(
                List.of(EventType.of(Asked.class, ASKED, s.topic().name(), each -> "k")),
                "/test",
                topic -> s.traits().limits(),
                ClaimCheck.NONE,
                InstantSource.system());
        PendingRequests requests = new PendingRequests(writer, producer, address, InstantSource.system(), registry);
        ConsumerOptions options = ConsumerOptions.defaults().withAddress(instance);
        var replies = new Reader(Subscription.broadcasts(address.topic()).withOptions(options), requests);
        Consumers consumers = s.consume(List.of(), List.of(replies));
        await().until(() -> consumers.states().stream().allMatch(each -> each.lastSign() != null)); // is subscribed
        return requests;
    }

    private static void respond(Scenario s) {
        Replies replies = new Replies(s.producer(), "/test", InstantSource.system());
        s.consume(EventSubscription.of(s.topic().name(), s.group("responder"))
                .on(
                        Asked.class,
                        ASKED,
                        replies.with("squared.v1", Squared.class, each -> new Squared(each.number() * each.number()))));
    }
}
