package io.orderflow.messaging.testkit.conformance;

import static io.orderflow.messaging.testkit.conformance.Faults.closing;
import static io.orderflow.messaging.testkit.conformance.Faults.committing;
import static io.orderflow.messaging.testkit.conformance.Faults.consuming;
import static io.orderflow.messaging.testkit.conformance.Faults.joining;
import static io.orderflow.messaging.testkit.conformance.Faults.polling;
import static io.orderflow.messaging.testkit.conformance.Faults.producing;
import static io.orderflow.messaging.testkit.conformance.Faults.sending;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.memory.MemoryBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A suite that cannot fail shows nothing: each broker here is broken in one way, and the suite has to say so. */
class SuiteCatchesBrokenBrokersTest {

    @TempDir
    Path reports;

    record Fault(String what, UnaryOperator<MessageBroker> tampering, Set<String> scenarios) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "the suite notices a broker that {0}")
    @MethodSource("faults")
    void the_suite_notices(Fault fault) {
        var results = SuiteRun.over(
                fault.tampering().apply(new MemoryBroker()), null, fault.scenarios(), SuiteRun.BRIEF, reports);

        assertThat(results.keySet()).isEqualTo(fault.scenarios());
        assertThat(results)
                .as("results")
                .allSatisfy((scenario, result) -> assertThat(result).isEqualTo("failed"));
    }

    @Test
    void the_same_scenarios_pass_with_a_broker_that_is_not_broken() {
        Set<String> scenarios = new TreeSet<>();
        faults().forEach(fault -> scenarios.addAll(fault.scenarios()));

        var results = SuiteRun.over(new TamperedBroker(new MemoryBroker()), null, scenarios, SuiteRun.LONG, reports);

        assertThat(results.keySet()).isEqualTo(scenarios);
        assertThat(results).doesNotContainValue("failed");
        assertThat(reports.resolve("memory.tsv"))
                .content()
                .contains("\tpassed\t")
                .doesNotContain("\tfailed\t");
    }

    @Test
    void the_suite_notices_a_broker_that_forgets_when_it_crashes() {
        var forgetful = new CrashingMemory(true);

        var results = SuiteRun.over(forgetful, forgetful, SuiteRun.CRASHES, SuiteRun.BRIEF, reports);

        assertThat(results)
                .containsEntry("accepted_messages_survive_a_crash", "failed")
                .containsEntry("uncommitted_messages_are_delivered_again_after_a_crash", "failed")
                .containsEntry("a_crash_under_load_loses_no_accepted_message", "failed");
    }

    @Test
    void the_suite_notices_a_broker_that_pretends_to_be_there() {
        var crashing = new CrashingMemory(false);
        var pretending = new TamperedBroker(crashing) {
            @Override
            public void ping(Duration timeout) {}
        };

        var results = SuiteRun.over(pretending, crashing, SuiteRun.CRASHES, SuiteRun.BRIEF, reports);

        assertThat(results).containsEntry("a_ping_fails_while_the_broker_is_unavailable", "failed");
    }

    @Test
    void the_crash_scenarios_pass_with_a_broker_that_remembers() {
        var durable = new CrashingMemory(false);

        var results = SuiteRun.over(durable, durable, SuiteRun.CRASHES, SuiteRun.LONG, reports);

        assertThat(results.keySet()).isEqualTo(SuiteRun.CRASHES);
        assertThat(results.values()).containsOnly("passed");
    }

    static Stream<Fault> faults() {
        return Stream.of(losing(), delivering(), changing(), closedThings()).flatMap(each -> each);
    }

    private static Stream<Fault> losing() {
        return Stream.of(
                fault(
                        "loses what a member holds that is closed",
                        closing(real -> {
                            commitIfPossible(real);
                            real.close();
                        }),
                        "uncommitted_messages_are_delivered_again_before_newer_ones",
                        "closing_a_member_returns_its_messages_to_another_one_at_once",
                        "an_uncommitted_message_is_delivered_again_until_it_is_committed"),
                fault(
                        "commits what it has only delivered",
                        polling((real, polled) -> {
                            real.commit();
                            return polled;
                        }),
                        "uncommitted_messages_are_delivered_again_before_newer_ones",
                        "groups_make_progress_independently",
                        "a_redelivered_message_is_the_same_message"),
                fault(
                        "commits what it has only fetched ahead",
                        committing(real -> {
                            real.poll(Duration.ZERO);
                            real.commit();
                        }),
                        "a_commit_covers_polled_messages_and_not_prefetched_ones"),
                fault(
                        "never gives back what a closed member holds",
                        closing(real -> {}),
                        "closing_a_member_returns_its_messages_to_another_one_at_once"),
                fault(
                        "never takes over from a member that died",
                        joining(group -> group, options -> options.withPollHandling(Duration.ofDays(1))),
                        "messages_of_a_killed_member_go_to_another_one"),
                fault(
                        "loses a message of a batch",
                        sending(messages -> messages.filter(m -> !text(m).equals("4999"))),
                        "a_batch_of_5000_arrives_completely"),
                fault(
                        "shows a group only what is sent while a member of it is there",
                        consuming(real -> new TamperedConsumer(real) {
                            @Override
                            public void subscribe(List<Topic> topics) {
                                super.subscribe(topics);
                                while (!real.poll(Duration.ZERO).isEmpty()) {
                                    real.commit();
                                }
                            }
                        }),
                        "a_group_declared_before_the_send_misses_nothing",
                        "every_group_receives_every_message"));
    }

    private static Stream<Fault> delivering() {
        return Stream.of(
                fault(
                        "gives each message to both members of a group",
                        joining(group -> group + UUID.randomUUID(), options -> options),
                        "each_message_goes_to_one_member_of_a_group"),
                fault(
                        "gives each message to one group only",
                        joining(group -> "one", options -> options),
                        "every_group_receives_every_message"),
                fault(
                        "delivers everything twice",
                        sending(messages -> messages.flatMap(m -> Stream.of(m, m))),
                        "every_group_receives_every_message",
                        "an_empty_batch_sends_nothing"),
                fault(
                        "does not remember commits",
                        committing(real -> {}),
                        "committed_messages_are_not_delivered_again",
                        "committed_messages_are_not_delivered_again_after_a_reconnect",
                        "one_commit_covers_several_polls"),
                fault(
                        "delivers a poll backwards",
                        polling((real, polled) -> backwards(polled)),
                        "one_member_receives_each_keys_messages_in_order",
                        "messages_sent_one_by_one_and_in_batches_keep_their_order",
                        "eight_threads_on_one_producer_lose_nothing_and_each_keeps_its_order"),
                fault(
                        "lets the members of a keyed topic compete",
                        broker -> new TamperedBroker(broker) {
                            @Override
                            public void declare(Topic topic, String... groups) {
                                super.declare(topic.asWorkQueue(), groups);
                            }

                            @Override
                            public MessageProducer<String, byte[]> producer() {
                                return new TamperedProducer(super.producer()) {
                                    @Override
                                    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                                        super.sendBatch(topic.asWorkQueue(), messages);
                                    }
                                };
                            }

                            @Override
                            public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
                                return new TamperedConsumer(super.consumer(group, options)) {
                                    @Override
                                    public void subscribe(List<Topic> topics) {
                                        super.subscribe(topics.stream()
                                                .map(Topic::asWorkQueue)
                                                .toList());
                                    }
                                };
                            }
                        },
                        "several_members_receive_each_keys_messages_in_order"),
                fault(
                        "says another position each time",
                        polling((real, polled) -> polled.stream()
                                .map(d -> new Delivery<>(
                                        d.topic(),
                                        d.message(),
                                        UUID.randomUUID().toString()))
                                .toList()),
                        "positions_identify_messages"),
                fault(
                        "returns more than it may",
                        joining(group -> group, options -> options.withMaxPollMessages(1000)),
                        "a_poll_returns_at_most_max_poll_messages"),
                fault(
                        "does not wait",
                        consuming(real -> new TamperedConsumer(real) {
                            @Override
                            public List<Delivery<String, byte[]>> poll(Duration timeout) {
                                return real.poll(Duration.ZERO);
                            }
                        }),
                        "a_poll_without_messages_returns_after_its_timeout"),
                fault(
                        "mixes up topics",
                        polling((real, polled) -> polled.stream()
                                .map(d -> new Delivery<>("topic", d.message(), d.position()))
                                .toList()),
                        "one_member_reads_several_topics"));
    }

    private static Stream<Fault> changing() {
        return Stream.of(
                fault(
                        "drops empty headers",
                        changed(m -> with(m, m.key(), m.value(), withoutEmpty(m.headers()))),
                        "headers_come_back_as_they_were_sent"),
                fault(
                        "drops all headers",
                        changed(m -> with(m, m.key(), m.value(), Map.of())),
                        "headers_come_back_as_they_were_sent",
                        "a_hundred_headers_come_back_as_they_were_sent",
                        "an_envelope_comes_back_as_it_was_sent",
                        "a_poison_message_does_not_block_the_next_one"),
                fault(
                        "keeps its own fields among the headers",
                        changed(m -> m.withHeader("value", "its own")),
                        "headers_named_like_a_brokers_own_fields_come_back_as_they_were_sent"),
                fault(
                        "has no null keys",
                        changed(m -> with(m, m.key() == null ? "" : m.key(), m.value(), m.headers())),
                        "keys_come_back_as_they_were_sent"),
                fault(
                        "knows Latin only",
                        changed(m -> with(m, latin(m.key()), m.value(), m.headers())),
                        "keys_come_back_as_they_were_sent"),
                fault(
                        "has no null values",
                        changed(m -> with(m, m.key(), m.value() == null ? new byte[0] : m.value(), m.headers())),
                        "values_come_back_as_they_were_sent",
                        "a_redelivered_message_is_the_same_message"),
                fault(
                        "takes values for text",
                        changed(m -> with(m, m.key(), text(m).getBytes(StandardCharsets.UTF_8), m.headers())),
                        "values_come_back_as_they_were_sent",
                        "payloads_of_900_kilobytes_come_back_as_they_were_sent"),
                fault(
                        "keeps whole seconds",
                        changed(m -> new Message<>(
                                m.key(), m.value(), m.headers(), m.timestamp().truncatedTo(ChronoUnit.SECONDS))),
                        "timestamps_come_back_to_the_millisecond"),
                fault(
                        "cuts off what is too large",
                        sending(messages -> messages.map(
                                m -> m.value() != null && m.value().length > 1 << 19 ? m.withValue(new byte[10]) : m)),
                        "a_message_that_is_too_large_is_rejected_and_the_next_one_is_accepted",
                        "a_payload_as_large_as_promised_comes_back_as_it_was_sent",
                        "payloads_of_900_kilobytes_come_back_as_they_were_sent"));
    }

    private static Stream<Fault> closedThings() {
        return Stream.of(
                fault(
                        "sends after close",
                        producing(real -> new TamperedProducer(real) {
                            @Override
                            public void close() {}
                        }),
                        "a_closed_producer_sends_nothing"),
                fault("lets a closed member commit", closing(real -> {}), "a_closed_member_neither_polls_nor_commits"),
                fault(
                        "cannot be closed twice",
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
                fault(
                        "does not answer",
                        broker -> new TamperedBroker(broker) {
                            @Override
                            public void ping(Duration timeout) {
                                throw new MessagingException("no answer", null);
                            }
                        },
                        "a_ping_is_answered"));
    }

    private static Fault fault(String what, UnaryOperator<MessageBroker> tampering, String... scenarios) {
        return new Fault(what, tampering, Set.of(scenarios));
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

    private static List<Delivery<String, byte[]>> backwards(List<Delivery<String, byte[]>> polled) {
        List<Delivery<String, byte[]>> reversed = new ArrayList<>(polled);
        Collections.reverse(reversed);
        return reversed;
    }

    private static void commitIfPossible(MessageConsumer<String, byte[]> member) {
        try {
            member.commit();
        } catch (RuntimeException closedOrNotSubscribed) {
            // then it holds nothing
        }
    }
}
