package io.orderflow.messaging.testkit.conformance;

import static io.orderflow.messaging.testkit.conformance.Faults.closing;
import static io.orderflow.messaging.testkit.conformance.Faults.consuming;
import static io.orderflow.messaging.testkit.conformance.Faults.polling;
import static io.orderflow.messaging.testkit.conformance.Faults.producing;
import static io.orderflow.messaging.testkit.conformance.Faults.sending;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Brokers that change messages or go on after they were closed. */
final class BrokenContent {

    private BrokenContent() {}

    static Stream<BrokenBroker> all() {
        return Stream.concat(changing(), failingToClose());
    }

    private static Stream<BrokenBroker> changing() {
        return Stream.of(
                new BrokenBroker(
                        "drops empty headers",
                        changed(m -> with(m, m.key(), m.value(), withoutEmpty(m.headers()))),
                        "headers_come_back_as_they_were_sent"),
                new BrokenBroker(
                        "drops all headers",
                        changed(m -> with(m, m.key(), m.value(), Map.of())),
                        "headers_come_back_as_they_were_sent",
                        "a_hundred_headers_come_back_as_they_were_sent",
                        "an_envelope_comes_back_as_it_was_sent",
                        "a_poison_message_does_not_block_the_next_one"),
                new BrokenBroker(
                        "adds its own fields to the headers",
                        changed(m -> m.withHeader("value", "its own")),
                        "headers_named_like_a_brokers_own_fields_come_back_as_they_were_sent"),
                new BrokenBroker(
                        "turns null keys into empty ones",
                        changed(m -> with(m, m.key() == null ? "" : m.key(), m.value(), m.headers())),
                        "keys_come_back_as_they_were_sent"),
                new BrokenBroker(
                        "supports Latin-1 keys only",
                        changed(m -> with(m, latin(m.key()), m.value(), m.headers())),
                        "keys_come_back_as_they_were_sent"),
                new BrokenBroker(
                        "turns null values into empty ones",
                        changed(m -> with(m, m.key(), m.value() == null ? new byte[0] : m.value(), m.headers())),
                        "values_come_back_as_they_were_sent",
                        "a_redelivered_message_is_the_same_message"),
                new BrokenBroker(
                        "decodes values as text",
                        changed(m -> with(m, m.key(), text(m).getBytes(StandardCharsets.UTF_8), m.headers())),
                        "values_come_back_as_they_were_sent",
                        "payloads_of_900_kilobytes_come_back_as_they_were_sent"),
                new BrokenBroker(
                        "truncates timestamps to seconds",
                        changed(m -> new Message<>(
                                m.key(), m.value(), m.headers(), m.timestamp().truncatedTo(ChronoUnit.SECONDS))),
                        "timestamps_come_back_to_the_millisecond"),
                new BrokenBroker(
                        "truncates large messages",
                        sending(messages -> messages.map(
                                m -> m.value() != null && m.value().length > 1 << 19 ? m.withValue(new byte[10]) : m)),
                        "a_message_that_is_too_large_is_rejected_and_the_next_one_is_accepted",
                        "a_payload_as_large_as_promised_comes_back_as_it_was_sent",
                        "payloads_of_900_kilobytes_come_back_as_they_were_sent"));
    }

    private static Stream<BrokenBroker> failingToClose() {
        return Stream.of(
                new BrokenBroker(
                        "sends after the producer was closed",
                        producing(real -> new TamperedProducer(real) {
                            @Override
                            public void close() {}
                        }),
                        "a_closed_producer_sends_nothing"),
                new BrokenBroker(
                        "lets a closed member commit",
                        closing(real -> {}),
                        "a_closed_member_neither_polls_nor_commits"),
                new BrokenBroker(
                        "fails when it is closed twice",
                        consuming(real -> new TamperedConsumer(real) {
                            private boolean closed;

                            @Override
                            public void close() {
                                if (closed) {
                                    throw new IllegalStateException("closed already");
                                }
                                closed = true;
                                real.close();
                            }
                        }),
                        "closing_twice_does_nothing"),
                new BrokenBroker(
                        "does not answer a ping",
                        broker -> new TamperedBroker(broker) {
                            @Override
                            public void ping(Duration timeout) {
                                throw new MessagingException("no answer", null);
                            }
                        },
                        "a_ping_is_answered"));
    }

    private static UnaryOperator<MessageBroker> changed(UnaryOperator<Message<String, byte[]>> change) {
        return polling((real, polled) -> polled.stream()
                .map(d -> new Delivery<>(d.topic(), change.apply(d.message()), d.position()))
                .toList());
    }

    private static Message<String, byte[]> with(
            Message<String, byte[]> message, String key, byte[] value, Map<String, String> headers) {
        return new Message<>(key, value, headers, message.timestamp());
    }

    private static Map<String, String> withoutEmpty(Map<String, String> headers) {
        Map<String, String> rest = new LinkedHashMap<>(headers);
        rest.values().removeIf(String::isEmpty);
        return rest;
    }

    private static String text(Message<String, byte[]> message) {
        byte[] value = message.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static String latin(String text) {
        return text == null
                ? null
                : new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }
}
