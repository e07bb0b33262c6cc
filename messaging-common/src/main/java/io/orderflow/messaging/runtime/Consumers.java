package io.orderflow.messaging.runtime;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the members of all subscriptions, each a {@link ConsumerLoop} on a thread of its own, and replaces a thread that
 * died. Starts last and stops first, within {@link #DRAIN} + {@link #GIVE_BACK} + {@link #LEAVE}: what is being handled is
 * finished; if that takes too long, handlers are interrupted and what they have not finished goes back to the broker; and a
 * handler that ignores that is left alone.
 */
public final class Consumers implements SmartLifecycle {

    /** How long a member may take to finish what it has polled. */
    public static final Duration DRAIN = Duration.ofSeconds(9);

    /** How long a handler that is interrupted then may take to notice. */
    public static final Duration GIVE_BACK = Duration.ofSeconds(2);

    /** How long a member may take after that to say goodbye to the broker. */
    public static final Duration LEAVE = Duration.ofSeconds(4);

    private static final Duration LOOK_AFTER_THEM_EVERY = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    private final MessageBroker broker;
    private final TopicCatalog catalog;
    private final Pipeline pipeline;
    private final List<EventSubscription> subscriptions;
    private final List<Reader> readers;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledExecutorService supervision;
    private volatile boolean running;

    /** @param readers what is read besides the subscriptions, without their policies */
    public Consumers(
            MessageBroker broker,
            TopicCatalog catalog,
            Pipeline pipeline,
            List<EventSubscription> subscriptions,
            List<Reader> readers) {
        this.broker = broker;
        this.catalog = catalog;
        this.pipeline = pipeline;
        this.subscriptions = List.copyOf(subscriptions);
        this.readers = List.copyOf(readers);
    }

    @Override
    public synchronized void start() {
        for (EventSubscription subscription : subscriptions) {
            log.info("{}", subscription);
            Circuits circuits = pipeline.circuits(subscription);
            for (int i = 1; i <= subscription.subscription().members(); i++) {
                StopSignal stop = new StopSignal();
                TimeLimit limit = new TimeLimit(
                        name(subscription.subscription(), i),
                        subscription.retryPolicy().timeOut());
                PollHandler handler = pipeline.of(subscription, circuits, limit, stop);
                members.add(member(subscription.subscription(), handler, limit, circuits::problem, stop, i));
            }
        }
        readers.forEach(each -> {
            TimeLimit none = new TimeLimit(name(each.subscription(), 1), RetryPolicy.DEFAULT_TIME_OUT);
            members.add(member(each.subscription(), each.handler(), none, () -> null, new StopSignal(), 1));
        });
        members.forEach(Member::start);
        supervise();
        running = true;
    }

    private Member member(
            Subscription subscription,
            PollHandler handler,
            TimeLimit limit,
            Supplier<@Nullable String> heldBack,
            StopSignal stop,
            int number) {
        String name = name(subscription, number);
        HandlerThread handlers =
                new HandlerThread(name, handler, limit, subscription.options().pollHandling(), stop);
        ConsumerLoop loop = new ConsumerLoop(
                broker, catalog, subscription, handlers, stop, ConsumerLoop.REOPENING, pipeline.clock());
        return new Member(name, loop, limit, stop, heldBack);
    }

    private static String name(Subscription subscription, int number) {
        return subscription.topic() + "-" + subscription.group() + "-" + number;
    }

    private void supervise() {
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "consumer-supervision");
            thread.setDaemon(true);
            return thread;
        });
        long period = LOOK_AFTER_THEM_EVERY.toMillis();
        schedule.scheduleWithFixedDelay(this::lookAfterThem, period, period, TimeUnit.MILLISECONDS);
        supervision = schedule;
    }

    private void lookAfterThem() {
        for (Member member : members) {
            try {
                member.reviveIfDead();
                member.watchTheTime();
            } catch (Throwable failure) { // a schedule ends with the first one that escapes
                log.error(
                        "A member of a group could not be looked after, which is tried again: {}", failure.toString());
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (supervision != null) {
            supervision.shutdownNow();
        }
        if (!allEndAfter(Member::stop, DRAIN)) {
            log.warn(
                    "Some handlers are not finished after {} s; they are interrupted, and what is not handled goes back.",
                    DRAIN.toSeconds());
            if (!allEndAfter(Member::giveBack, GIVE_BACK)) {
                log.error("Some handlers ignore being interrupted and are left alone; their messages go back.");
                allEndAfter(Member::abandon, LEAVE);
            }
        }
        members.clear();
        running = false;
    }

    private boolean allEndAfter(Consumer<Member> step, Duration patience) {
        members.forEach(step);
        long deadline = System.nanoTime() + patience.toNanos();
        boolean all = true;
        try {
            for (Member member : members) {
                all &= member.hasEnded(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return all;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What each member is doing, for the health page. */
    public List<MemberState> states() {
        return members.stream().map(Member::state).toList();
    }
}
