package io.orderflow.messaging.runtime;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Circuits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the members of all subscriptions, each a {@link ConsumerLoop} on a thread of its own. Starts last and stops first:
 * what is being handled is finished, or, if that takes longer than {@link #DRAIN}, given back to the broker.
 */
public final class Consumers implements SmartLifecycle {

    /** How long a member may take to finish what it has polled. */
    public static final Duration DRAIN = Duration.ofSeconds(15);

    /** How long it may take after that to notice that it has to give the rest back. */
    private static final Duration GIVE_BACK = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    /** @param heldBack why its messages are held back; null while none are */
    private record Member(Loop loop, Supplier<@Nullable String> heldBack, StopSignal stop, Thread thread) {

        @Nullable
        String problem() {
            String trouble = loop.problem();
            return trouble == null ? heldBack.get() : trouble;
        }
    }

    private final MessageBroker broker;
    private final TopicCatalog catalog;
    private final Pipeline pipeline;
    private final List<EventSubscription> subscriptions;
    private final List<Reader> readers;
    private final InstantSource clock;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /** @param readers what is read besides the subscriptions, without their policies */
    public Consumers(
            MessageBroker broker,
            TopicCatalog catalog,
            Pipeline pipeline,
            List<EventSubscription> subscriptions,
            List<Reader> readers,
            InstantSource clock) {
        this.broker = broker;
        this.catalog = catalog;
        this.pipeline = pipeline;
        this.subscriptions = List.copyOf(subscriptions);
        this.readers = List.copyOf(readers);
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        for (EventSubscription subscription : subscriptions) {
            log.info("{}", subscription);
            Circuits circuits = pipeline.circuits(subscription);
            for (int i = 1; i <= subscription.subscription().members(); i++) {
                StopSignal stop = new StopSignal();
                PollHandler handler = pipeline.of(subscription, circuits, stop);
                members.add(member(subscription.subscription(), handler, circuits::problem, stop, i));
            }
            addParkedLoop(subscription, circuits);
        }
        readers.forEach(
                each -> members.add(member(each.subscription(), each.handler(), () -> null, new StopSignal(), 1)));
        members.forEach(member -> member.thread().start());
        running = true;
    }

    private Member member(
            Subscription subscription,
            PollHandler handler,
            Supplier<@Nullable String> heldBack,
            StopSignal stop,
            int number) {
        ConsumerLoop loop =
                new ConsumerLoop(broker, catalog, subscription, handler, stop, ConsumerLoop.REOPENING, clock);
        String name = subscription.topic() + "-" + subscription.group() + "-" + number;
        return new Member(loop, heldBack, stop, new Thread(loop, name));
    }

    private void addParkedLoop(EventSubscription subscription, Circuits circuits) {
        StopSignal stop = new StopSignal();
        Loop parked = pipeline.parkedOf(subscription, circuits, stop);
        if (parked != null) {
            String name = subscription.subscription().topic() + "-"
                    + subscription.subscription().group() + "-parked";
            members.add(new Member(parked, circuits::problem, stop, new Thread(parked, name)));
        }
    }

    @Override
    public synchronized void stop() {
        members.forEach(member -> member.stop().stop());
        if (!joined(DRAIN)) {
            log.warn(
                    "Some handlers are not finished after {} s; what they have not begun goes back.",
                    DRAIN.toSeconds());
            members.forEach(member -> member.stop().giveBack());
            if (!joined(GIVE_BACK)) {
                members.forEach(member -> member.thread().interrupt());
            }
        }
        members.clear();
        running = false;
    }

    private boolean joined(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Member member : members) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                member.thread().join(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return members.stream().noneMatch(member -> member.thread().isAlive());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What each member is doing, for the health page. */
    public List<MemberState> states() {
        return members.stream()
                .map(member -> new MemberState(
                        member.thread().getName(),
                        member.thread().isAlive(),
                        member.loop().lastPoll(),
                        member.problem()))
                .toList();
    }
}
