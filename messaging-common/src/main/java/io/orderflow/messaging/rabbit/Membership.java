package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.rabbit.GroupView.Predecessor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges heartbeats with the other members of a group, so that each knows its share of a topic's partitions. Each member
 * publishes one a second to a fanout exchange {@code <topic>.<group>.members}, and receives those of the others from an
 * exclusive queue. This concerns fairness alone: that a partition has exactly one active consumer is up to the broker. While
 * heartbeats are lost, partitions stay where they are.
 */
final class Membership {

    private static final long INTERVAL_MILLIS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    private final RabbitConnections connections;
    private final String exchange;
    private final GroupView view;
    private final WakeUpSignal wakeUp;
    private final ScheduledExecutorService timer;
    private volatile Map<Integer, Predecessor> yields = Map.of();
    private @Nullable Channel publishing;
    private @Nullable Channel consuming;
    private @Nullable Future<?> schedule;
    private volatile boolean left;

    Membership(
            RabbitConnections connections,
            String exchange,
            GroupView view,
            WakeUpSignal wakeUp,
            ScheduledExecutorService timer) {
        this.connections = connections;
        this.exchange = exchange;
        this.view = view;
        this.wakeUp = wakeUp;
        this.timer = timer;
    }

    /** Starts to send and receive, on the timer's thread. */
    void join() {
        schedule = timer.scheduleWithFixedDelay(this::beat, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** See {@link GroupView#partitionsToYield()}. */
    Map<Integer, Predecessor> partitionsToYield() {
        return yields;
    }

    /** This member has subscribed again, which the others have to know soon. */
    void resubscribed() {
        update();
        timer.execute(this::beat);
    }

    void leave() {
        left = true;
        if (schedule != null) {
            schedule.cancel(false);
            timer.execute(() -> {
                try {
                    publish(view.lastHeartbeat());
                } catch (IOException | ShutdownSignalException | MessagingException e) {
                    log.debug("RabbitMQ: the last heartbeat was not sent; the others' time-out replaces it", e);
                } finally {
                    disconnect();
                }
            });
        }
    }

    private void beat() {
        if (!left && wakeUp.failure() == null) {
            try {
                publish(view.heartbeat());
            } catch (IOException | ShutdownSignalException | MessagingException e) {
                disconnect();
                stopIfRefused(e);
            }
            update();
        }
    }

    /** RabbitMQ logs each refusal, so there is one. That the broker is unavailable is reported by the consumers. */
    private void stopIfRefused(Exception failure) {
        int code = RabbitFailures.code(failure);
        if (code == AMQP.ACCESS_REFUSED || code == AMQP.PRECONDITION_FAILED) {
            left = true;
            log.warn(
                    "RabbitMQ: a member cannot exchange heartbeats over '{}', and partitions may be shared unevenly. Grant"
                            + " the user permission to configure it and 'amq.gen.*', and restart the application: {}",
                    exchange,
                    RabbitFailures.reason(failure));
        }
    }

    private void publish(Heartbeat heartbeat) throws IOException {
        connections.requireNotBlocked();
        Channel channel = publishing;
        if (channel == null || !channel.isOpen() || consuming == null || !consuming.isOpen()) {
            channel = connect();
        }
        channel.basicPublish(exchange, "", heartbeat.toProperties(), new byte[0]);
    }

    private Channel connect() throws IOException {
        disconnect();
        Channel out = connections.openForPublishing();
        publishing = out;
        out.exchangeDeclare(exchange, BuiltinExchangeType.FANOUT, true);
        Channel in = connections.openForConsuming();
        consuming = in;
        String queue = in.queueDeclare("", false, true, true, null).getQueue();
        in.queueBind(queue, exchange, "");
        in.basicConsume(queue, true, (tag, delivery) -> receive(Heartbeat.of(delivery.getProperties())), tag -> {});
        return out;
    }

    private void receive(Heartbeat heartbeat) {
        if (view.receive(heartbeat)) {
            timer.execute(this::beat);
        }
        update();
    }

    private void update() {
        yields = view.partitionsToYield();
        if (!yields.isEmpty()) {
            wakeUp.signal();
        }
    }

    private void disconnect() {
        if (publishing != null) {
            RabbitFailures.close(publishing);
        }
        if (consuming != null) {
            RabbitFailures.close(consuming);
        }
    }
}
