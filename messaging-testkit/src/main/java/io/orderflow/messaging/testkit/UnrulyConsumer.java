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

/** A member that keeps some of what it polls for later, and gives some of it twice. */
final class UnrulyConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration WHILE_SOMETHING_IS_HELD = Duration.ofMillis(20);
    private static final double LATER = 0.5;
    private static final double AGAIN = 0.2;

    private final MessageConsumer<String, byte[]> consumer;
    private final int most;
    private final Random random;
    private final List<Delivery<String, byte[]>> held = new ArrayList<>();

    UnrulyConsumer(MessageConsumer<String, byte[]> consumer, int most, Random random) {
        this.consumer = consumer;
        this.most = most;
        this.random = random;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        consumer.subscribe(topics);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        held.addAll(consumer.poll(held.isEmpty() ? timeout : WHILE_SOMETHING_IS_HELD));
        List<Delivery<String, byte[]>> now = new ArrayList<>();
        for (Iterator<Delivery<String, byte[]>> each = held.iterator(); each.hasNext() && now.size() < most; ) {
            Delivery<String, byte[]> delivery = each.next();
            if (random.nextDouble() >= LATER) {
                now.add(delivery);
                if (random.nextDouble() >= AGAIN) {
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

    /** Only when nothing is held: a commit covers all that was polled. */
    @Override
    public void commit() {
        if (held.isEmpty()) {
            consumer.commit();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
