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

/** Members of one group that join and leave, each on a thread of its own. Handling a message takes a moment. */
final class GroupFixture implements AutoCloseable {

    private static final Duration HANDLING = Duration.ofNanos(300_000);
    private static final int MAX_POLL = 20;

    private record Member(Thread thread, AtomicBoolean leaving) {}

    private final Scenario s;
    private final String group;
    private final List<String> handled;
    private final Deque<Member> members = new ArrayDeque<>();

    /** @param handled receives the messages as they are handled; thread-safe */
    GroupFixture(Scenario s, String group, List<String> handled) {
        this.s = s;
        this.group = group;
        this.handled = handled;
    }

    void join() {
        AtomicBoolean leaving = new AtomicBoolean();
        Thread thread = new Thread(() -> work(leaving), group + "-" + members.size());
        members.add(new Member(thread, leaving));
        thread.start();
    }

    /** The oldest member leaves, and has left when this returns. */
    void leave() throws InterruptedException {
        Member oldest = members.remove();
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
        for (Member member : members) {
            member.leaving().set(true);
        }
        while (!members.isEmpty()) {
            members.remove().thread().join();
        }
    }
}
