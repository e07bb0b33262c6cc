package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventHandler;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Priority by lanes: a topic for each priority, with members of its own. */
interface PriorityScenarios extends InScenario {

    String TYPE = "conformance.booking.v1";

    @Test
    default void an_urgent_message_does_not_wait_for_others() throws Exception {
        assertHandledWhileBlocked("urgent", "standard");
    }

    @Test
    default void urgent_messages_do_not_starve_others() throws Exception {
        assertHandledWhileBlocked("standard", "urgent");
    }

    private void assertHandledWhileBlocked(String free, String blocked) throws Exception {
        Scenario s = scenario();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch unblocked = new CountDownLatch(1);
        List<String> handled = new CopyOnWriteArrayList<>();
        s.consume(
                List.of(lane(s, free, (name, context) -> handled.add(name)), lane(s, blocked, (name, context) -> {
                    started.countDown();
                    unblocked.await();
                    handled.add(name);
                })),
                List.of());
        send(s, blocked, 20);
        started.await();
        send(s, free, 5);

        await().atMost(s.patience()).until(() -> handled.size() >= 5);
        assertThat(handled).containsOnly(free);
        unblocked.countDown();
        await().atMost(s.patience()).until(() -> handled.size() >= 25);
    }

    private static EventSubscription lane(Scenario s, String priority, EventHandler<String> handler) {
        s.broker().declare(topic(s, priority), s.group("workers"));
        return EventSubscription.of(topic(s, priority).name(), s.group("workers"))
                .on(String.class, TYPE, handler)
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .maxPollMessages(4);
    }

    private static void send(Scenario s, String priority, int number) {
        for (int i = 0; i < number; i++) {
            s.producer()
                    .send(
                            topic(s, priority),
                            Messages.text("k" + i, "\"" + priority + "\"").withHeader(Headers.TYPE, TYPE));
        }
    }

    private static Topic topic(Scenario s, String priority) {
        return Topic.named(s.topic().name() + "." + priority);
    }
}
