package io.orderflow.messaging.runtime;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.MissedMessagesException;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.TimeLimit;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.OperatorPauses;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the members of all subscriptions, each a {@link ConsumerLoop}. Starts last and stops first, within {@link #DRAIN} +
 * {@link #INTERRUPT} + {@link #LEAVE}: messages in flight are finished; if that takes too long, handlers are interrupted and
 * what they have not finished returns to the broker; a handler that ignores the interrupt is abandoned.
 */
public final class Consumers implements SmartLifecycle {

    /** How long a member may take to finish what it has polled. */
    public static final Duration DRAIN = Duration.ofSeconds(9);

    /** How long an interrupted handler may take to return. */
    public static final Duration INTERRUPT = Duration.ofSeconds(2);

    /** How long a member may take after that to leave its group. */
    public static final Duration LEAVE = Duration.ofSeconds(4);

    private static final Duration CHECK_TIME_LIMITS_EVERY = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    private final Brokers brokers;
    private final TopicCatalog catalog;
    private final Pipeline pipeline;
    private final OperatorPauses pauses = new OperatorPauses();
    private final List<RunningSubscription> subscriptions;
    private final List<Reader> readers;
    private final FailureReporter reporter;
    private final SupervisedLoop timeLimits;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /**
     * With a {@link FailureReporter} of its own.
     *
     * @param readers what is read besides the subscriptions, without their policies
     */
    public Consumers(
            Brokers brokers,
            TopicCatalog catalog,
            Pipeline pipeline,
            List<EventSubscription> subscriptions,
            List<Reader> readers) {
        this(brokers, catalog, pipeline, subscriptions, readers, new FailureReporter(pipeline.clock()));
    }

    private Consumers(
            Brokers brokers,
            TopicCatalog catalog,
            Pipeline pipeline,
            List<EventSubscription> subscriptions,
            List<Reader> readers,
            FailureReporter reporter) {
        this.brokers = brokers;
        this.catalog = catalog;
        this.pipeline = pipeline;
        this.subscriptions = subscriptions.stream()
                .map(each -> new RunningSubscription(each, pipeline.circuits(each, pauses)))
                .toList();
        this.readers = List.copyOf(readers);
        this.reporter = reporter;
        this.timeLimits = new SupervisedLoop(
                "handler-time-limits", this::checkTimeLimits, ConsumerLoop.REOPENING, reporter, true);
    }

    /** The same, with a shared reporter. */
    public Consumers reportingTo(FailureReporter shared) {
        return new Consumers(
                brokers,
                catalog,
                pipeline,
                subscriptions.stream().map(RunningSubscription::stated).toList(),
                readers,
                shared);
    }

    @Override
    public synchronized void start() {
        requireStarts();
        for (RunningSubscription each : subscriptions) {
            EventSubscription subscription = each.stated();
            Circuits circuits = each.circuits();
            log.info("{}\n{}", subscription, pipeline.describe(subscription));
            each.register(pipeline.registry());
            for (int i = 1; i <= subscription.subscription().members(); i++) {
                StopSignal stop = new StopSignal();
                TimeLimit limit = new TimeLimit(
                        name(subscription.subscription(), i),
                        subscription.retryPolicy().timeOut());
                BatchHandler handler = pipeline.of(subscription, circuits, limit, stop);
                members.add(member(subscription.subscription(), handler, limit, circuits, stop));
            }
        }
        readers.forEach(each -> {
            TimeLimit none = new TimeLimit(name(each.subscription(), 1), RetryPolicy.DEFAULT_TIME_OUT);
            members.add(member(each.subscription(), each.handler(), none, null, new StopSignal()));
        });
        members.forEach(each -> each.loop().start());
        timeLimits.start();
        running = true;
    }

    /** Stops the start of an application with a new group that has missed messages, if the broker is available. */
    private void requireStarts() {
        try {
            for (RunningSubscription each : subscriptions) {
                Subscription subscription = each.reads();
                Topic topic = catalog.topic(subscription.topic());
                requireSameKind(subscription, topic);
                if (!subscription.broadcast()) {
                    brokers.of(topic)
                            .broker()
                            .requireStart(
                                    topic,
                                    subscription.group(),
                                    subscription.options().startOn(topic));
                }
            }
        } catch (MissedMessagesException e) {
            throw e;
        } catch (MessagingException e) {
            log.debug("Whether new groups have missed messages is checked when they subscribe: {}", e.getMessage());
        }
    }

    private void requireSameKind(Subscription subscription, Topic topic) {
        if (subscription.broadcast() != topic.isBroadcast()) {
            throw new IllegalStateException("The subscription of " + subscription
                    + (subscription.broadcast() ? " receives broadcasts" : " reads for a group")
                    + ", and messaging.topics."
                    + topic.name() + ".broadcast is " + topic.isBroadcast() + "; make the two agree.");
        }
        BrokerTraits traits = brokers.of(topic).broker().traits();
        if (topic.isBroadcast() && traits.support(MessagingPattern.BROADCAST) == Support.UNSUPPORTED) {
            throw new IllegalStateException("The subscription of " + subscription + " receives broadcasts, which "
                    + traits.name() + " does not carry. Choose another broker (messaging.broker, or messaging.topics."
                    + topic.name() + ".broker).");
        }
    }

    private Member member(
            Subscription subscription,
            BatchHandler handler,
            TimeLimit limit,
            @Nullable Circuits circuits,
            StopSignal stop) {
        HandlerThread handlers = new HandlerThread(
                limit.who(), handler, limit, subscription.options().pollHandling(), stop);
        BooleanSupplier paused = circuits == null ? () -> false : circuits::isPausedByOperator;
        ConsumerLoop body = new ConsumerLoop(brokers, catalog, subscription, handlers, paused);
        return new Member(loop(limit.who(), body), limit, stop, circuits == null ? () -> null : circuits::problem);
    }

    /** Not a daemon: an application that only consumes runs until it is stopped. */
    private SupervisedLoop loop(String name, LoopBody body) {
        return new SupervisedLoop(name, body, ConsumerLoop.REOPENING, reporter, false);
    }

    private static String name(Subscription subscription, int number) {
        return subscription.topic() + "-" + subscription.group() + "-" + number;
    }

    /** Also for members whose own thread is blocked in the broker's client. */
    private Round checkTimeLimits(LoopControl loop) {
        members.forEach(each -> each.limit().check());
        return Round.after(CHECK_TIME_LIMITS_EVERY);
    }

    @Override
    public synchronized void stop() {
        if (!allEndAfter(Member::drain, DRAIN)) {
            log.warn(
                    "Some handlers have not finished within {} s; they are interrupted, and what is not handled returns to"
                            + " the broker.",
                    DRAIN.toSeconds());
            if (!allEndAfter(Member::interruptHandler, INTERRUPT)) {
                log.error("Some handlers ignore the interrupt and are abandoned; their messages return to the broker.");
                allEndAfter(Member::abandonHandler, LEAVE);
            }
        }
        timeLimits.requestStop();
        members.clear();
        running = false;
    }

    private boolean allEndAfter(Consumer<Member> step, Duration patience) {
        members.forEach(step);
        long deadline = System.nanoTime() + patience.toNanos();
        boolean all = true;
        try {
            for (Member member : members) {
                all &= member.hasEnded(Duration.ofNanos(deadline - System.nanoTime()));
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

    /** The pauses by operators. The component that stores them replaces them. */
    public OperatorPauses pauses() {
        return pauses;
    }

    /** The state of each subscription. */
    public List<SubscriptionState> subscriptions() {
        return subscriptions.stream().map(RunningSubscription::state).toList();
    }

    /** The state of each member. */
    public List<MemberState> states() {
        return members.stream().map(Member::state).toList();
    }
}
