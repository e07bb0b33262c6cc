package io.orderflow.messaging.testkit.conformance;

import static io.orderflow.messaging.testkit.conformance.Faults.closing;
import static io.orderflow.messaging.testkit.conformance.Faults.committing;
import static io.orderflow.messaging.testkit.conformance.Faults.consuming;
import static io.orderflow.messaging.testkit.conformance.Faults.joining;
import static io.orderflow.messaging.testkit.conformance.Faults.polling;
import static io.orderflow.messaging.testkit.conformance.Faults.sending;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Brokers that lose messages or deliver them to the wrong member or in the wrong order. */
final class BrokenDelivery {

    private BrokenDelivery() {}

    static Stream<BrokenBroker> all() {
        return Stream.concat(losing(), delivering());
    }

    static Stream<BrokenBroker> losing() {
        return Stream.of(
                new BrokenBroker(
                        "loses the uncommitted messages of a closed member",
                        closing(real -> {
                            commitIfPossible(real);
                            real.close();
                        }),
                        "uncommitted_messages_are_delivered_again_before_newer_ones",
                        "closing_a_member_returns_its_messages_to_another_one_at_once",
                        "an_uncommitted_message_is_delivered_again_until_it_is_committed"),
                new BrokenBroker(
                        "commits delivered messages by itself",
                        polling((real, polled) -> {
                            real.commit();
                            return polled;
                        }),
                        "uncommitted_messages_are_delivered_again_before_newer_ones",
                        "groups_make_progress_independently",
                        "a_redelivered_message_is_the_same_message"),
                new BrokenBroker(
                        "commits prefetched messages",
                        committing(real -> {
                            real.poll(Duration.ZERO);
                            real.commit();
                        }),
                        "a_commit_covers_polled_messages_and_not_prefetched_ones"),
                new BrokenBroker(
                        "never redelivers the messages of a closed member",
                        closing(real -> {}),
                        "closing_a_member_returns_its_messages_to_another_one_at_once"),
                new BrokenBroker(
                        "never reassigns the partitions of a crashed member",
                        joining(group -> group, options -> options.withPollHandling(Duration.ofDays(1))),
                        "messages_of_a_killed_member_go_to_another_one"),
                new BrokenBroker(
                        "loses a message of a batch",
                        sending(messages -> messages.filter(m -> !text(m).equals("4999"))),
                        "a_batch_of_5000_arrives_completely"),
                new BrokenBroker(
                        "delivers to a group only messages sent while it has a member",
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

    private static Stream<BrokenBroker> delivering() {
        return Stream.of(
                new BrokenBroker(
                        "delivers each message to both members of a group",
                        joining(group -> group + UUID.randomUUID(), options -> options),
                        "each_message_goes_to_one_member_of_a_group"),
                new BrokenBroker(
                        "delivers each message to one group only",
                        joining(group -> "one", options -> options),
                        "every_group_receives_every_message"),
                new BrokenBroker(
                        "delivers everything twice",
                        sending(messages -> messages.flatMap(m -> Stream.of(m, m))),
                        "every_group_receives_every_message",
                        "an_empty_batch_sends_nothing"),
                new BrokenBroker(
                        "does not store commits",
                        committing(real -> {}),
                        "committed_messages_are_not_delivered_again",
                        "committed_messages_are_not_delivered_again_after_a_reconnect",
                        "one_commit_covers_several_polls"),
                new BrokenBroker(
                        "reverses the order of a poll",
                        polling((real, polled) -> reversed(polled)),
                        "one_member_receives_each_keys_messages_in_order",
                        "messages_sent_one_by_one_and_in_batches_keep_their_order",
                        "eight_threads_on_one_producer_lose_nothing_and_each_keeps_its_order"),
                new BrokenBroker(
                        "treats a keyed topic as a work queue",
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
                new BrokenBroker(
                        "changes positions with each delivery",
                        polling((real, polled) -> polled.stream()
                                .map(d -> new Delivery<>(
                                        d.topic(),
                                        d.message(),
                                        UUID.randomUUID().toString()))
                                .toList()),
                        "positions_identify_messages"),
                new BrokenBroker(
                        "returns more than max-poll-messages",
                        joining(group -> group, options -> options.withMaxPollMessages(1000)),
                        "a_poll_returns_at_most_max_poll_messages"),
                new BrokenBroker(
                        "returns from a poll without waiting",
                        consuming(real -> new TamperedConsumer(real) {
                            @Override
                            public List<Delivery<String, byte[]>> poll(Duration timeout) {
                                return real.poll(Duration.ZERO);
                            }
                        }),
                        "a_poll_without_messages_returns_after_its_timeout"),
                new BrokenBroker(
                        "returns the wrong topic",
                        polling((real, polled) -> polled.stream()
                                .map(d -> new Delivery<>("topic", d.message(), d.position()))
                                .toList()),
                        "one_member_reads_several_topics"));
    }

    private static String text(Message<String, byte[]> message) {
        byte[] value = message.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static List<Delivery<String, byte[]>> reversed(List<Delivery<String, byte[]>> polled) {
        List<Delivery<String, byte[]>> reversed = new ArrayList<>(polled);
        Collections.reverse(reversed);
        return reversed;
    }

    private static void commitIfPossible(MessageConsumer<String, byte[]> member) {
        try {
            member.commit();
        } catch (RuntimeException closedOrNotSubscribed) {
            // then it has no uncommitted messages
        }
    }
}
