package io.orderflow.messaging.sqs;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The only member of a group of its own, which ends with it. One that is killed leaves its queue, which keeps messages for an hour. */
final class SqsBroadcastConsumer implements MessageConsumer<String, byte[]> {

    private final String group = "receiver-" + UUID.randomUUID();
    private final SqsBroker broker;
    private final ConsumerOptions options;
    private final MessageConsumer<String, byte[]> member;
    private final List<Topic> topics = new ArrayList<>();

    SqsBroadcastConsumer(SqsBroker broker, ConsumerOptions options) {
        this.broker = broker;
        this.options = options;
        this.member = broker.consumer(group, options.withStart(StartPosition.LATEST));
    }

    @Override
    public void subscribe(List<Topic> all) {
        topics.addAll(all);
        member.subscribe(all);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        List<Delivery<String, byte[]>> polled = member.poll(timeout);
        member.commit();
        return polled.stream()
                .filter(each -> options.isAddressee(each.message()))
                .toList();
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
        member.close();
        try {
            topics.forEach(topic -> broker.groups().remove(topic, group));
        } catch (MessagingException e) {
            // its queue stays
        }
        topics.clear();
    }
}
