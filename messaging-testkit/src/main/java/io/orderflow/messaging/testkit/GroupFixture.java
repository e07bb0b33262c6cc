package io.orderflow.messaging.testkit;

import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Members of one group, each on a thread of its own, that come and go. Each message takes a moment to be handled. */
final class GroupFixture implements AutoCloseable {

    private static final Duration HANDLING = Duration.ofNanos(300_000);
    private static final int MAX_POLL = 20;

    private record Hand(Thread thread, AtomicBoolean leaving) {}

    private final Scenario s;
    private final String group;
    private final List<String> handled;
    private final Deque<Hand> hands = new ArrayDeque<>();

    /** @param handled where the messages are noted as they are handled; safe for many threads */
    GroupFixture(Scenario s, String group, List<String> handled) {
        this.s = s;
        this.group = group;
        this.handled = handled;
    }

    void join() {
        AtomicBoolean leaving = new AtomicBoolean();
        Thread thread = new Thread(() -> work(leaving), group + "-" + hands.size());
        hands.add(new Hand(thread, leaving));
        thread.start();
    }

    /** The one that has been there for longest leaves, and is gone when this returns. */
    void leave() throws InterruptedException {
        Hand oldest = hands.remove();
        oldest.leaving().set(true);
        oldest.thread().join();
    }

    private void work(AtomicBoolean leaving) {
        ConsumerOptions options = ConsumerOptions.defaults().withMaxPollMessages(MAX_POLL);
        try (Reader reader = new Reader(() -> s.broker().consumer(group, options), List.of(s.topic()))) {
            while (!leaving.get()) {
                for (Delivery<String, byte[]> delivery : reader.poll()) {
                    LockSupport.parkNanos(HANDLING.toNanos());
                    handled.add(Messages.textOf(delivery));
                }
                reader.commit();
            }
        }
    }

    void awaitHandled(int number) {
        await().atMost(s.patience()).pollInterval(Duration.ofMillis(10)).until(() -> handled.size() >= number);
    }

    void awaitAllOf(Collection<String> texts) {
        await().atMost(s.patience()).until(() -> {
            synchronized (handled) {
                return Set.copyOf(handled).containsAll(texts);
            }
        });
    }

    @Override
    public void close() throws InterruptedException {
        for (Hand hand : hands) {
            hand.leaving().set(true);
        }
        while (!hands.isEmpty()) {
            hands.remove().thread().join();
        }
    }
}
