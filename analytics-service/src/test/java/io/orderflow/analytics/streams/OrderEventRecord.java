package io.orderflow.analytics.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.messaging.codec.JsonCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An event as order-service sends it.
 *
 * @param key of the order
 * @param headers the envelope
 */
record OrderEventRecord(String key, Map<String, String> headers, byte[] json) {

    static OrderEventRecord placed(String id, String order, String customer, String total, Instant at) {
        OrderCreated event = new OrderCreated(order, customer, "standard", List.of(), new BigDecimal(total), at);
        return of(
                id,
                order,
                OrderCreated.TYPE,
                at,
                JsonCodec.of(OrderCreated.class).encode(event));
    }

    static OrderEventRecord confirmed(String id, String order, String customer, String total, Instant at) {
        OrderConfirmed event =
                new OrderConfirmed(order, customer, "standard", List.of(), new BigDecimal(total), "EUR", at);
        return of(
                id,
                order,
                OrderConfirmed.TYPE,
                at,
                JsonCodec.of(OrderConfirmed.class).encode(event));
    }

    static OrderEventRecord of(String id, String order, String type, Instant at, byte[] json) {
        Map<String, String> headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                id,
                "ce_source",
                "/order-service",
                "ce_type",
                type,
                "ce_time",
                at.toString());
        return new OrderEventRecord(order, headers, json);
    }

    Headers recordHeaders() {
        Headers all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
        return all;
    }
}
