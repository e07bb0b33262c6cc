package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How members of a group hear of each other, so that each can take its share of a topic's partitions: each says every
 * second that it is there, to an exchange {@code <topic>.<group>.members} behind which each has a queue that goes with it.
 * It is about fairness and nothing else. That a partition has one reader, and that it has one at all, is the queue's
 * single active consumer; where notices are lost, or the broker takes none, members keep what they have.
 */
final class Membership {

    private static final long EVERY_MILLIS = 1_000;

    /** A user who may not declare an exchange asks for it once a minute: RabbitMQ logs each refusal. */
    private static final int BEATS_AFTER_REFUSAL = 60;

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    private final RabbitConnections connections;
    private final String exchange;
    private final GroupView view;
    private final WakeUpSignal bell;
    private final ScheduledExecutorService timer;
    private volatile Set<Integer> toStepBehind = Set.of();
    private @Nullable Channel telling;
    private @Nullable Channel hearing;
    private @Nullable Future<?> beats;
    private boolean refused;
    private int beatsLeftOut;
    private volatile boolean left;

    Membership(
            RabbitConnections connections,
            String topic,
            String group,
            GroupView view,
            WakeUpSignal bell,
            ScheduledExecutorService timer) {
        this.connections = connections;
        this.exchange = topic + "." + group + ".members";
        this.view = view;
        this.bell = bell;
        this.timer = timer;
    }

    /** Begins to tell and to hear, on the timer's thread. */
    void join() {
        beats = timer.scheduleWithFixedDelay(this::tell, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** See {@link GroupView#toStepBehind()}; changes when the wakeUpSignal rings. */
    Set<Integer> toStepBehind() {
        return toStepBehind;
    }

    /** This member has queued up anew: the others are told soon. */
    void moved() {
        look();
        timer.execute(this::tell);
    }

    void leave() {
        left = true;
        if (beats != null) {
            beats.cancel(false);
            timer.execute(() -> {
                try {
                    publish(view.farewell());
                } catch (IOException | ShutdownSignalException | MessagingException e) {
                    // then the others notice by its silence
                } finally {
                    disconnect();
                }
            });
        }
    }

    private void tell() {
        if (left || bell.lost() != null) {
            return; // it stands in no line any more
        }
        if (refused && ++beatsLeftOut % BEATS_AFTER_REFUSAL != 0) {
            return;
        }
        try {
            publish(view.notice());
            refused = false;
        } catch (IOException | ShutdownSignalException | MessagingException e) {
            disconnect();
            report(e);
        }
        look();
    }

    /** A broker that is away is told of by those who read from it. */
    private void report(Exception failure) {
        if (!refused && RabbitFailures.code(failure) >= AMQP.ACCESS_REFUSED) {
            refused = true;
            log.warn(
                    "RabbitMQ: a member cannot tell the others of exchange '{}' that it is there, and they may share the"
                            + " partitions unevenly until it can: {}",
                    exchange,
                    RabbitFailures.reason(failure));
        }
    }

    private void publish(Notice notice) throws IOException {
        connections.requireNotBlocked();
        Channel channel = telling;
        if (channel == null || !channel.isOpen() || hearing == null || !hearing.isOpen()) {
            channel = connect();
        }
        channel.basicPublish(exchange, "", notice.toProperties(), new byte[0]);
    }

    /** Tells and hears on two connections, as publishing may be blocked and consuming must not be. */
    private Channel connect() throws IOException {
        disconnect();
        Channel out = connections.openForPublishing();
        telling = out;
        out.exchangeDeclare(exchange, BuiltinExchangeType.FANOUT, true);
        Channel in = connections.openForConsuming();
        hearing = in;
        String queue = in.queueDeclare("", false, true, true, null).getQueue();
        in.queueBind(queue, exchange, "");
        in.basicConsume(queue, true, new DefaultConsumer(in) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                hear(Notice.of(properties));
            }
        });
        return out;
    }

    private void hear(Notice notice) {
        if (view.hear(notice)) {
            timer.execute(this::tell);
        }
        look();
    }

    private void look() {
        Set<Integer> steps = view.toStepBehind();
        toStepBehind = steps;
        if (!steps.isEmpty()) {
            bell.ring();
        }
    }

    private void disconnect() {
        if (telling != null) {
            RabbitFailures.abandon(telling);
        }
        if (hearing != null) {
            RabbitFailures.abandon(hearing);
        }
    }
}
