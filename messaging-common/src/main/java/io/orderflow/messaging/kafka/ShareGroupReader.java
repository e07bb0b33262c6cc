package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the single messages that the broker locks for the member. The locks are renewed while the messages are handled, and
 * released when the client is closed or disconnected. A member gets no more messages until it has committed.
 *
 * <p>Kafka drops a message silently once it was delivered {@code group.share.delivery.count.limit} times (5), also if it was never handled. So
 * a message that is delivered for the {@value #COPIED_AT_DELIVERY}rd time is sent again, and committed once the broker has accepted the copy,
 * whose deliveries are counted anew. A message without an id has another identity from then on.
 */
final class ShareGroupReader implements KafkaReader {

    static final int COPIED_AT_DELIVERY = 3;

    private static final Duration SHORTEST_LOCK = Duration.ofSeconds(15);
    private static final Duration RENEWED_WITHIN = Duration.ofMillis(100);
    private static final int MAX_RENEWAL_POLLS = 20;

    private static final Logger log = LoggerFactory.getLogger(ShareGroupReader.class);

    private final ShareConsumer<String, byte[]> client;
    private final Consumer<List<Message<String, byte[]>>> copies;
    private final List<ConsumerRecord<String, byte[]>> delivered = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> uncopied = new ArrayList<>();
    private long renewAt;

    /** @param copies sends messages to this group again */
    ShareGroupReader(
            ShareConsumer<String, byte[]> client, String topic, Consumer<List<Message<String, byte[]>>> copies) {
        this.client = client;
        this.copies = copies;
        client.subscribe(List.of(topic));
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        if (!delivered.isEmpty() || !uncopied.isEmpty()) {
            if (!renew()) {
                throw new KafkaException("The lock of uncommitted messages has expired");
            }
            if (!delivered.isEmpty()) {
                return List.of();
            }
        } else {
            client.poll(timeout).forEach(each -> (isWorn(each) ? uncopied : delivered).add(each));
            scheduleRenewal();
        }
        if (!uncopied.isEmpty()) {
            copy();
        }
        return delivered.stream().map(ShareGroupReader::delivery).toList();
    }

    private static boolean isWorn(ConsumerRecord<String, byte[]> record) {
        return record.deliveryCount().orElse((short) 1) >= COPIED_AT_DELIVERY;
    }

    /** After a failure the messages stay locked until the next poll, because releasing them would count as a delivery. */
    private void copy() {
        try {
            copies.accept(
                    uncopied.stream().map(each -> delivery(each).message()).toList());
        } catch (MessagingException e) {
            log.warn(
                    "{} message(s) from {} on were delivered {} times or more and have to be sent again, which failed; they stay"
                            + " locked, and the next poll tries again: {}",
                    uncopied.size(),
                    delivery(uncopied.get(0)).position(),
                    COPIED_AT_DELIVERY,
                    e.getMessage());
            return;
        }
        uncopied.forEach(each -> client.acknowledge(each, AcknowledgeType.ACCEPT));
        uncopied.clear();
        acknowledged();
    }

    private static Delivery<String, byte[]> delivery(ConsumerRecord<String, byte[]> record) {
        return KafkaRecords.toDelivery(record, record.topic() + "-" + record.partition() + "@");
    }

    @Override
    public boolean keepAlive() {
        return System.nanoTime() - renewAt < 0 || renew();
    }

    /** Returns false if other members may have some of the messages. The client requires a renewed message to be polled again. */
    private boolean renew() {
        List<ConsumerRecord<String, byte[]>> inFlight =
                Stream.concat(delivered.stream(), uncopied.stream()).toList();
        if (inFlight.isEmpty()) {
            return true;
        }
        inFlight.forEach(each -> client.acknowledge(each, AcknowledgeType.RENEW));
        boolean renewed = acknowledged();
        int polled = 0;
        for (int i = 0; renewed && polled < inFlight.size() && i < MAX_RENEWAL_POLLS; i++) {
            polled += client.poll(RENEWED_WITHIN).count();
        }
        scheduleRenewal();
        return polled == inFlight.size();
    }

    private void scheduleRenewal() {
        long lock = client.acquisitionLockTimeoutMs().orElse((int) SHORTEST_LOCK.toMillis());
        renewAt = System.nanoTime() + Duration.ofMillis(lock / 3).toNanos();
    }

    @Override
    public boolean commit() {
        delivered.forEach(each -> client.acknowledge(each, AcknowledgeType.ACCEPT));
        delivered.clear();
        return acknowledged();
    }

    /** Sends the acknowledgements. Returns false if the lock of a message had expired. */
    private boolean acknowledged() {
        Collection<Optional<KafkaException>> failures = client.commitSync().values();
        failures.stream()
                .flatMap(Optional::stream)
                .filter(each -> !(each instanceof InvalidRecordStateException))
                .findFirst()
                .ifPresent(each -> {
                    throw each;
                });
        return failures.stream().allMatch(Optional::isEmpty);
    }

    /** The client finds a topic that was created again by itself; producers create it. */
    @Override
    public boolean isDeleted(String topic) {
        return false;
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return client.metrics();
    }

    @Override
    public void close(Duration timeout) {
        client.close(timeout);
    }
}
