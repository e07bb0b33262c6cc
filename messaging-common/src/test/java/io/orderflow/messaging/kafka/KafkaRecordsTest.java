package io.orderflow.messaging.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaRecordsTest {

    private static final Instant MADE = Instant.parse("2026-11-21T10:15:30.123Z");
    private static final Instant SENT = Instant.parse("2026-12-24T18:00:00Z");

    @Test
    void attributes_travel_as_the_cloud_events_binding_names_them() {
        Message<String, byte[]> message = new Message<>(
                "order-1",
                "{}".getBytes(UTF_8),
                Map.of(Headers.ID, "42", Headers.TYPE, "order.created.v1", Headers.CONTENT_TYPE, "application/json"),
                MADE);

        ProducerRecord<String, byte[]> sent = KafkaRecords.toRecord("orders", message);

        assertThat(sent.topic()).isEqualTo("orders");
        assertThat(sent.partition()).isNull();
        assertThat(sent.key()).isEqualTo("order-1");
        assertThat(sent.headers().lastHeader("ce_id").value()).isEqualTo("42".getBytes(UTF_8));
        assertThat(sent.headers().lastHeader("ce_type").value()).isEqualTo("order.created.v1".getBytes(UTF_8));
        assertThat(sent.headers().lastHeader("content-type").value()).isEqualTo("application/json".getBytes(UTF_8));
    }

    @Test
    void retention_counts_from_sending_and_not_from_when_the_message_was_made() {
        ProducerRecord<String, byte[]> sent =
                KafkaRecords.toRecord("orders", new Message<>("k", new byte[0], Map.of(), MADE));

        assertThat(sent.timestamp())
                .as("left to the client, which takes the time of sending")
                .isNull();
    }

    @Test
    void a_message_keeps_its_own_time_whatever_its_event_says() {
        Message<String, byte[]> message =
                new Message<>("k", new byte[0], Map.of(Headers.TIME, "2020-01-01T00:00:00Z"), MADE);

        assertThat(KafkaRecords.toDelivery(received(KafkaRecords.toRecord("orders", message)), "orders-3@")
                        .message())
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:15:30.123Z, 2026-11-21T10:15:30.123Z",
        "2026-11-21T11:15:30.123456789+01:00, 2026-11-21T10:15:30.123Z",
        "2026-11-21T10:15:30Z, 2026-11-21T10:15:30Z",
        "yesterday, 1970-01-01T00:00:00.042Z",
        ", 1970-01-01T00:00:00.042Z"
    })
    void the_time_of_a_foreign_record_is_its_events_or_else_its_own(@Nullable String eventTime, Instant expected) {
        ConsumerRecord<String, byte[]> foreign = received(new ProducerRecord<>("orders", null, 42L, null, new byte[0]));
        if (eventTime != null) {
            foreign.headers().add(new RecordHeader(Headers.TIME, eventTime.getBytes(UTF_8)));
        }

        assertThat(KafkaRecords.toDelivery(foreign, "orders-3@").message().timestamp())
                .isEqualTo(expected);
    }

    @Test
    void a_message_comes_back_as_it_was_sent() {
        Message<String, byte[]> message = new Message<>(
                "Größe-注文", new byte[] {0, 1, -1}, Map.of("ce_subject", "Bücher 📦", "ce_empty", ""), MADE);

        Delivery<String, byte[]> delivery =
                KafkaRecords.toDelivery(received(KafkaRecords.toRecord("orders", message)), "orders-3@");

        assertThat(delivery.topic()).isEqualTo("orders");
        assertThat(delivery.position()).isEqualTo("orders-3@1207");
        assertThat(delivery.message()).isEqualTo(message);
    }

    @Test
    void null_key_and_null_value_stay_null() {
        Message<String, byte[]> message = new Message<>(null, null, Map.of(), MADE);

        Message<String, byte[]> back = KafkaRecords.toDelivery(
                        received(KafkaRecords.toRecord("orders", message)), "orders-3@")
                .message();

        assertThat(back.key()).isNull();
        assertThat(back.value()).isNull();
        assertThat(back.headers()).isEmpty();
    }

    @Test
    void of_a_foreign_record_headers_without_a_value_are_left_out_and_the_last_of_a_name_counts() {
        ConsumerRecord<String, byte[]> foreign = received(new ProducerRecord<>("orders", null, 0L, null, new byte[0]));
        foreign.headers().add(new RecordHeader("nothing", null));
        foreign.headers().add(new RecordHeader("twice", "first".getBytes(UTF_8)));
        foreign.headers().add(new RecordHeader("twice", "last".getBytes(UTF_8)));
        foreign.headers().add(new RecordHeader("not-utf-8", new byte[] {(byte) 0xff}));

        Message<String, byte[]> message =
                KafkaRecords.toDelivery(foreign, "orders-3@").message();

        assertThat(message.headers()).containsOnly(Map.entry("twice", "last"), Map.entry("not-utf-8", "\ufffd"));
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                3,
                1207,
                sent.timestamp() == null ? SENT.toEpochMilli() : sent.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }
}
