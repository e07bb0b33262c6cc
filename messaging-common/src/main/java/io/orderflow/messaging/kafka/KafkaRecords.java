package io.orderflow.messaging.kafka;

import static io.orderflow.messaging.adapter.MessageTimes.TIMESTAMP;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.adapter.MessageTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Maps messages to records and back. Headers keep their names, which are those of CloudEvents' binding for Kafka, with values
 * in UTF-8; {@value MessageTimes#TIMESTAMP} is added. The record's own timestamp is the time of sending, because Kafka counts
 * the topic's retention from it: a message that was delayed, in an outbox or as a dead letter, is then kept as long as others.
 *
 * <p>For a record of another producer, the message's time is its {@code ce_time}, or else the record's timestamp. A header
 * without a value is omitted, and of several with one name the last one counts, as in Kafka's own {@code lastHeader}.
 */
final class KafkaRecords {

    @SuppressWarnings("unchecked")
    private static final Map.Entry<String, String>[] NONE = new Map.Entry[0];

    private KafkaRecords() {}

    static ProducerRecord<String, byte[]> toRecord(String topic, Message<String, byte[]> message) {
        List<Header> headers = new ArrayList<>(message.headers().size() + 1);
        message.headers().forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(UTF_8))));
        String millis = Long.toString(message.timestamp().toEpochMilli());
        headers.add(new RecordHeader(TIMESTAMP, millis.getBytes(UTF_8)));
        return new ProducerRecord<>(topic, null, null, message.key(), message.value(), headers);
    }

    /** @param partition the start of the position: {@code orders-3@} */
    static Delivery<String, byte[]> toDelivery(ConsumerRecord<String, byte[]> record, String partition) {
        Map<String, String> headers = headers(record.headers());
        return new Delivery<>(
                record.topic(),
                new Message<>(record.key(), record.value(), headers, time(record, headers)),
                partition + record.offset());
    }

    private static Instant time(ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
        Header ours = record.headers().lastHeader(TIMESTAMP);
        String millis = ours == null || ours.value() == null ? null : new String(ours.value(), UTF_8);
        Instant stated = MessageTimes.stated(millis, headers);
        return stated == null ? Instant.ofEpochMilli(record.timestamp()) : stated;
    }

    /** A hot path: the map is built once, because copying it would double the cost of the whole mapping. */
    private static Map<String, String> headers(Headers headers) {
        List<Map.Entry<String, String>> entries = new ArrayList<>(8);
        for (Header header : headers) {
            if (header.value() != null && !header.key().equals(TIMESTAMP)) {
                entries.add(Map.entry(header.key(), new String(header.value(), UTF_8)));
            }
        }
        try {
            return Map.ofEntries(entries.toArray(NONE));
        } catch (IllegalArgumentException severalOfOneName) {
            Map<String, String> last = new HashMap<>();
            entries.forEach(entry -> last.put(entry.getKey(), entry.getValue()));
            return last;
        }
    }
}
