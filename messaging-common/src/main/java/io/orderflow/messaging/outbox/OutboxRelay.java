package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries committed messages from the outbox to the broker, on one thread of its own, and one for each topic in trouble.
 *
 * <p>Any number of instances share the work: rows hash by topic and key into partitions, and each partition is leased to
 * one relay. Messages of one topic and key go out in the order in which they were added; a row is deleted when the
 * broker has accepted it. If a relay dies in between, another sends the same message again, with the same id.
 *
 * <p>While a topic cannot be sent to, its rows wait and other topics go on. A row that the broker refuses for good is
 * parked with those behind it of its key ({@link ParkedRows}).
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration FIRST_IDLE = Duration.ofMillis(20);

    /** With many writers, what they commit in so short a time goes out together: a pass costs them as much as it does us. */
    private static final Duration GATHER = Duration.ofMillis(1);

    /** How long closing waits for what is being sent. A part of what a shutdown may take, see ShutdownBudgetTest. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private static final String DATABASE = "of this service";

    private final DataSource dataSource;
    private final MessageProducer<String, byte[]> producer;
    private final RelayOptions options;
    private final Outages topics;
    private final Outages database;
    private final OutboxCount count;
    private final Semaphore wakeUps = new Semaphore(0);
    private final RelayNotifications relayNotifications = new RelayNotifications();
    private @Nullable Thread thread;
    private @Nullable RelayNotificationListener listener;
    private volatile boolean stopping;

    /** @param producer stays the caller's, who closes it after this */
    public OutboxRelay(DataSource dataSource, MessageProducer<String, byte[]> producer, RelayOptions options) {
        this.dataSource = dataSource;
        this.producer = producer;
        this.options = options;
        this.topics = new Outages("the topic", options.backoff());
        this.database = new Outages("the database", options.backoff());
        this.count = new OutboxCount(dataSource);
    }

    /** Starts the thread; neither database nor broker needs to be there yet. A second call does nothing. */
    public synchronized void start() {
        if (thread == null) {
            stopping = false;
            thread = new Thread(this::run, "outbox-relay");
            thread.setDaemon(true);
            thread.start();
            listener = new RelayNotificationListener(dataSource, relayNotifications, this::wake);
            listener.start();
        }
    }

    /** A transaction has left something in these partitions, a bit each; see {@link JdbcOutbox}. */
    public void committed(int partitions) {
        relayNotifications.committed(partitions);
        wake();
    }

    /** There is something to send. Cheap, from any thread. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    public synchronized boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    /** How the outbox is doing; counts are taken from the database every few seconds at most, by the caller's thread. */
    public OutboxStatus status() {
        return count.status(database.oldest(), topics.oldest());
    }

    /**
     * Finishes what is being sent, then leaves the rest to other instances at once. A topic in trouble is not waited for: what
     * is on its way there may arrive once more. Closing twice does nothing.
     */
    @Override
    public synchronized void close() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        stopping = true;
        if (listener != null) {
            listener.close();
        }
        wake();
        try {
            running.join(CLOSE_TIMEOUT.toMillis());
            if (running.isAlive()) {
                log.warn(
                        "The outbox relay is still sending after {} s; it is left behind, and its rows are sent by"
                                + " another instance or after the next start.",
                        CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void run() {
        RelayPass pass = new RelayPass(dataSource, producer, options, topics, relayNotifications);
        Duration idle = FIRST_IDLE;
        while (!stopping) {
            try {
                RelayPass.Outcome outcome = pass.run();
                database.works(DATABASE);
                if (outcome.found()) {
                    idle = FIRST_IDLE;
                    if (!outcome.more()) {
                        pause(GATHER.toNanos());
                    }
                } else {
                    idle(shorter(idle, outcome.idle()), outcome.looked());
                    idle = shorter(idle.multipliedBy(2), options.longestIdle());
                }
            } catch (Throwable e) { // whatever it is, the outbox must not stand still for ever
                if (!stopping) {
                    pass.doubt();
                    pause(database.failed(DATABASE, e));
                }
            }
        }
        release(pass);
    }

    /**
     * While something is out of order, a look may have to pass over a large backlog: then not at each commit, but often
     * enough to keep the leases.
     */
    private void idle(Duration wait, Duration looked) {
        if (topics.any()) {
            Duration seldom = shorter(looked.multipliedBy(10), Leases.renewedAfter(options.lease()));
            pause(Math.max(wait.toNanos(), seldom.toNanos()));
        } else if (await(wait.toNanos())) {
            wakeUps.drainPermits();
        }
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!stopping && await(end - System.nanoTime())) {
            wakeUps.drainPermits();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether it was woken before the time was up. */
    private boolean await(long nanos) {
        try {
            return nanos > 0 && wakeUps.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false; // close() wakes it; nobody else interrupts it, and an interrupt must not end it
        }
    }

    private void release(RelayPass pass) {
        try {
            pass.close();
        } catch (RuntimeException e) {
            log.info(
                    "The outbox relay could not give its partitions back ({}); others take them over in {} s.",
                    e.getMessage(),
                    options.lease().toSeconds());
        }
    }
}
