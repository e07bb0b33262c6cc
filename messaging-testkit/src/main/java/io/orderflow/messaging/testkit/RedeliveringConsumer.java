package io.orderflow.messaging.testkit;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Delays some of the polled messages, and delivers some of them twice. */
final class RedeliveringConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration POLL_WHILE_DELAYING = Duration.ofMillis(20);
    private static final double DELAYED = 0.5;
    private static final double REPEATED = 0.2;

    private final MessageConsumer<String, byte[]> consumer;
    private final int max;
    private final Random random;
    private final List<Delivery<String, byte[]>> delayed = new ArrayList<>();

    RedeliveringConsumer(MessageConsumer<String, byte[]> consumer, int max, Random random) {
        this.consumer = consumer;
        this.max = max;
        this.random = random;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        consumer.subscribe(topics);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        delayed.addAll(consumer.poll(delayed.isEmpty() ? timeout : POLL_WHILE_DELAYING));
        List<Delivery<String, byte[]>> now = new ArrayList<>();
        for (Iterator<Delivery<String, byte[]>> each = delayed.iterator(); each.hasNext() && now.size() < max; ) {
            Delivery<String, byte[]> delivery = each.next();
            if (random.nextDouble() >= DELAYED) {
                now.add(delivery);
                if (random.nextDouble() >= REPEATED) {
                    each.remove();
                }
            }
        }
        Collections.shuffle(now, random);
        return now;
    }

    @Override
    public void keepAlive() {
        consumer.keepAlive();
    }

    /** Only while no message is delayed: a commit covers all polled messages. */
    @Override
    public void commit() {
        if (delayed.isEmpty()) {
            consumer.commit();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
