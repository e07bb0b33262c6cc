package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.supervision.LoopFailure;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes committed messages from the outbox to the broker: fetch candidates, publish, delete the confirmed ones.
 *
 * <p>Any number of instances share the work: rows hash by topic and key into partitions, and each partition is leased to one
 * relay. Messages of one topic and key are sent in the order in which they were added; a row is deleted when the broker has
 * confirmed it. If a relay crashes in between, another one sends the same message again, with the same id.
 *
 * <p>While a topic cannot be sent to, its rows wait and other topics go on. A row that the broker rejects for good is parked
 * together with the later rows of its key ({@link ParkedRows}).
 */
public final class OutboxRelay implements AutoCloseable {

    /** How long closing waits for what is being sent. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private static final Backoff LISTEN_AGAIN = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), 0);

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final TopicOutages outages;
    private final OutboxBacklog backlog;
    private final RelayNotifications notifications = new RelayNotifications();
    private final SupervisedLoop relay;
    private final SupervisedLoop listener;

    /** With a {@link FailureReporter} of its own. */
    public OutboxRelay(DataSource dataSource, MessageProducer<String, byte[]> producer, RelayOptions options) {
        this(dataSource, producer, options, new FailureReporter(InstantSource.system()));
    }

    /** @param producer stays the caller's, who closes it after this */
    public OutboxRelay(
            DataSource dataSource,
            MessageProducer<String, byte[]> producer,
            RelayOptions options,
            FailureReporter reporter) {
        this.outages = new TopicOutages(options.backoff(), reporter);
        this.backlog = new OutboxBacklog(dataSource);
        RelayPass pass = new RelayPass(dataSource, producer, options, outages, notifications);
        this.relay = new SupervisedLoop("outbox-relay", pass, options.backoff(), reporter, true);
        this.listener = new SupervisedLoop(
                "outbox-listener",
                new RelayNotificationListener(dataSource, notifications, relay::wake),
                LISTEN_AGAIN,
                reporter,
                true);
    }

    /** Starts the threads; neither database nor broker needs to be available yet. A second call does nothing. */
    public void start() {
        relay.start();
        listener.start();
    }

    /** A transaction has left rows in these partitions, a bit each; see {@link JdbcOutbox}. */
    public void committed(int partitions) {
        notifications.committed(partitions);
        relay.wake();
    }

    /** Has the relay poll at once. Cheap, from any thread. */
    public void wake() {
        relay.wake();
    }

    public boolean isRunning() {
        return relay.isRunning();
    }

    /** The state of the outbox; rows are counted every few seconds at most, on the caller's thread. */
    public OutboxStatus status() {
        LoopFailure database = relay.failure();
        TopicOutages.Outage topic = outages.oldest();
        if (database != null) {
            return backlog.status(database.since(), database.cause());
        }
        return topic == null ? backlog.status(null, null) : backlog.status(topic.since(), topic.cause());
    }

    /**
     * Finishes what is being sent, then leaves the rest to other instances. Does not wait for topics that cannot be sent to:
     * what is in flight there may arrive twice. Closing twice does nothing.
     */
    @Override
    public void close() {
        if (!relay.isRunning()) {
            return;
        }
        listener.stop(RelayNotificationListener.WAIT.multipliedBy(2));
        if (!relay.stop(CLOSE_TIMEOUT)) {
            log.warn(
                    "The outbox relay is still sending after {} s and is abandoned; its rows are sent by another instance or"
                            + " after the next start.",
                    CLOSE_TIMEOUT.toSeconds());
        }
    }
}
