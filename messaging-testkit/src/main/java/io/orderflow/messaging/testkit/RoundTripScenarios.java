package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** What travels comes back as it was sent. */
interface RoundTripScenarios extends InScenario {

    /** Latin, Greek, Chinese, right to left, combining, outside the basic plane, and U+0000. */
    String NON_ASCII = "käse Ωμέγα 订单 שלום e\u0301 \uD83E\uDDC0\uD83D\uDC69\u200D\uD83D\uDE80 \u0000 end";

    int LARGEST_TRIED = 32 * 1024 * 1024;

    @Test
    default void keys_come_back_as_they_were_sent() {
        List<Message<String, byte[]>> sent = new ArrayList<>();
        sent.add(Messages.text(null, "null"));
        for (String key : List.of("", " ", "plain", NON_ASCII, "k".repeat(200))) {
            sent.add(Messages.text(key, "key: " + key));
        }
        assertRoundTrip(sent);
    }

    @Test
    default void values_come_back_as_they_were_sent() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        assertRoundTrip(List.of(
                bytes("k", null),
                bytes("k", new byte[0]),
                bytes("k", everyByte),
                bytes("k", NON_ASCII.getBytes(StandardCharsets.UTF_8)),
                bytes(null, null),
                bytes(null, new byte[0])));
    }

    @Test
    default void headers_come_back_as_they_were_sent() {
        assertRoundTrip(List.of(
                withHeaders(Map.of()),
                withHeaders(Map.of("empty", "", "blank", " ", "non-ascii", NON_ASCII)),
                withHeaders(Map.of("Case", "upper", "case", "lower", "!#$%&'*+-.^_`|~:/()<>@,;\"[]?={}\\", "odd name")),
                withHeaders(Map.of("number", "42", "truth", "true", "nothing", "null", "json", "{\"a\":1}")),
                withHeaders(Map.of("long", NON_ASCII.repeat(200)))));
    }

    @Test
    default void an_envelope_comes_back_as_it_was_sent() {
        assertRoundTrip(List.of(withHeaders(Map.of(
                        Headers.ID, "8c4f0d0e-4a55-4d4e-9c51-5c4f3f9d7b11",
                        Headers.TYPE, "order.created.v1",
                        Headers.SOURCE, "/order-service",
                        Headers.TIME, "2026-11-21T03:04:05.678Z",
                        Headers.SPEC_VERSION, "1.0",
                        Headers.CONTENT_TYPE, "application/json",
                        Headers.ROUTING_KEY, "order.created.express"))
                .withHeaders(Map.of(
                        "ce_traceparent",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        Headers.ATTEMPTS,
                        "3",
                        Headers.DEAD_LETTER_REASON,
                        "gave up: " + NON_ASCII))));
    }

    @Test
    default void headers_named_like_a_brokers_own_fields_come_back_as_they_were_sent() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of(
                "key", "value", "payload", "body", "timestamp", "headers", "topic", "id", "message-id", "type")) {
            headers.put(name, "mine: " + name);
        }
        assertRoundTrip(List.of(withHeaders(headers), bytes(null, null).withHeaders(headers)));
    }

    @Test
    default void a_hundred_headers_come_back_as_they_were_sent() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            headers.put("header-" + i, "value " + i);
        }
        assertRoundTrip(List.of(withHeaders(headers)));
    }

    @Test
    default void timestamps_come_back_to_the_millisecond() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Message<String, byte[]>> sent = new ArrayList<>();
        for (Instant time : List.of(now, now.minusMillis(1), now.minusMillis(993), now.minus(1, ChronoUnit.DAYS))) {
            sent.add(new Message<>("k", time.toString().getBytes(StandardCharsets.UTF_8), Map.of(), time));
        }
        assertRoundTrip(sent);
    }

    @Test
    default void payloads_of_900_kilobytes_come_back_as_they_were_sent() {
        int largest = scenario().traits().limits().messageBytes();
        assumeTrue(largest > 900 * 1024 + 1, "the broker accepts " + largest + " bytes at most");
        assertRoundTrip(List.of(bytes("k", noise(900 * 1024)), bytes("k", noise(900 * 1024)), bytes(null, noise(1))));
    }

    @Test
    default void a_payload_as_large_as_promised_comes_back_as_it_was_sent() {
        int largest = scenario().traits().limits().messageBytes();
        assumeTrue(largest <= LARGEST_TRIED, "messages of more than " + LARGEST_TRIED + " bytes are not tried");
        assertRoundTrip(List.of(new Message<>("k", noise(largest - 1), Map.of(), Instant.now())));
    }

    @Test
    default void a_redelivered_message_is_the_same_message() {
        Scenario s = scenarioWithGroup();
        List<Message<String, byte[]>> sent = List.of(
                withHeaders(Map.of(Headers.ID, "1", "non-ascii", NON_ASCII)), bytes("k", null), bytes("k", noise(10)));
        s.sendBatch(sent);
        var first = s.member(s.group("g"));
        s.receive(first, sent.size());
        first.close();

        assertSame(s.receiveAll(s.member(s.group("g")), sent.size()), sent);
    }

    private void assertRoundTrip(List<Message<String, byte[]>> sent) {
        Scenario s = scenarioWithGroup();
        s.sendBatch(sent);
        assertSame(s.receiveAll(s.member(s.group("g")), sent.size()), sent);
    }

    /** Without regard to order: it is stated per key only. */
    private static void assertSame(List<Delivery<String, byte[]>> received, List<Message<String, byte[]>> sent) {
        assertThat(received.stream().map(Delivery::message).toList())
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withEqualsForType(Arrays::equals, byte[].class) // else a second a megabyte and pair
                        .build())
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    private static Message<String, byte[]> withHeaders(Map<String, String> headers) {
        return new Message<>("k", "payload".getBytes(StandardCharsets.UTF_8), headers, Instant.now());
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}
