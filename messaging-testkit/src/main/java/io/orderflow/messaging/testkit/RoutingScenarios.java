package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.MessageFilter.Match;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A group gets the messages that its filter accepts, in order; where the broker routes, others do not reach the group. */
interface RoutingScenarios extends InScenario {

    /** The payload of these scenarios. */
    record Numbered(int number) {}

    String TYPE = "numbered.v1";

    @Test
    default void a_pattern_selects_messages_by_their_routing_key() {
        assertThat(handledOf(each -> each.matching("order.created.*", "#.urgent")))
                .isEqualTo(List.of(1, 2, 4));
    }

    @Test
    default void a_condition_selects_messages_by_all_of_its_headers() {
        assertThat(handledOf(each -> each.whereAll(Map.of("region", "eu", "tier", "gold"))))
                .isEqualTo(List.of(2));
    }

    @Test
    default void a_condition_selects_messages_by_any_of_its_headers() {
        assertThat(handledOf(each -> each.whereAny(Map.of("region", "eu", "tier", "gold"))))
                .isEqualTo(List.of(1, 2, 4));
    }

    @Test
    default void a_pattern_and_a_condition_select_messages_by_both() {
        assertThat(handledOf(each -> each.matching("order.#").whereAll(Map.of("region", "eu"))))
                .isEqualTo(List.of(1, 2));
    }

    @Test
    default void a_message_that_no_group_wants_is_accepted() {
        Scenario s = scenario();
        member(s, "only", "wanted.#").close();

        send(s, "unwanted", numbers(1, 10));
        send(s, "wanted", List.of("11"));

        assertThat(textsOf(s.receiveAll(member(s, "only", "wanted.#"), delivered(s, 1, 11))))
                .contains("11");
    }

    @Test
    default void a_filtered_group_keeps_the_order_of_its_keys() {
        Scenario s = scenario();
        try (MessageConsumer<String, byte[]> member = member(s, "filtered", "even")) {
            List<Message<String, byte[]>> batch = new ArrayList<>();
            for (String each : numbers(1, 300)) {
                batch.add(routed(Integer.parseInt(each) % 2 == 0 ? "even" : "odd", each));
            }
            s.producer().sendBatch(s.topic(), batch);

            assertThat(s.receiveAll(member, delivered(s, 150, 300)).stream()
                            .filter(each -> "even".equals(each.message().header(Headers.ROUTING_KEY)))
                            .map(Messages::textOf))
                    .isEqualTo(numbers(1, 300).stream()
                            .filter(each -> Integer.parseInt(each) % 2 == 0)
                            .toList());
        }
    }

    @Test
    default void what_a_filter_does_not_accept_does_not_reach_the_group() {
        Scenario s = routing();
        s.declare(s.group("all"));
        member(s, "filtered", "wanted").close();

        send(s, "unwanted", numbers(1, 5));
        send(s, "wanted", numbers(6, 8));

        assertBacklog(s, s.topic(), 3);
    }

    @Test
    default void a_work_queue_is_filtered_too() {
        Scenario s = routing();
        Topic tasks = s.topic().asWorkQueue();
        s.broker().declare(tasks, s.group("all"));
        s.member(s.group("filtered"), options("wanted"), tasks).close();

        s.producer().send(tasks, routed("unwanted", "1"));
        s.producer().send(tasks, routed("wanted", "2"));

        assertBacklog(s, tasks, 1);
    }

    @Test
    default void a_changed_filter_replaces_the_old_one() {
        Scenario s = routing();
        s.declare(s.group("all"));
        member(s, "filtered", "old").close();
        send(s, "old", List.of("1"));
        member(s, "filtered", "new").close();

        send(s, "old", List.of("2"));
        send(s, "new", List.of("3"));

        assertThat(textsOf(s.receiveAll(member(s, "filtered", "new"), 2))).containsExactly("1", "3");
    }

    @Test
    default void a_group_is_filtered_from_when_it_has_a_filter() {
        Scenario s = routing();
        s.declare(s.group("all"), s.group("filtered"));
        send(s, "unwanted", List.of("1"));
        member(s, "filtered", "wanted").close();
        s.newConnection().declare(s.topic(), s.group("filtered")); // as a producer that is started later

        send(s, "unwanted", List.of("2"));
        send(s, "wanted", List.of("3"));

        assertThat(textsOf(s.receiveAll(member(s, "filtered", "wanted"), 2))).containsExactly("1", "3");
    }

    @Test
    default void a_group_gets_every_message_from_when_it_has_no_filter() {
        Scenario s = routing();
        s.declare(s.group("all"));
        member(s, "filtered", "wanted").close();
        send(s, "unwanted", List.of("1"));
        s.member(s.group("filtered")).close();

        send(s, "unwanted", List.of("2"));
        send(s, "wanted", List.of("3"));

        assertThat(textsOf(s.receiveAll(s.member(s.group("filtered")), 2))).containsExactly("2", "3");
    }

    @Test
    default void nothing_is_lost_while_members_declare_a_filter() throws InterruptedException {
        Scenario s = scenario();
        s.declare(s.group("all"));
        member(s, "filtered", "wanted").close();
        Thread members = new Thread(() -> {
            for (int i = 0; i < 10; i++) {
                member(s, "filtered", "wanted", i % 2 == 0 ? "this" : "that").close();
            }
        });
        members.start();
        List<String> sent = new ArrayList<>();
        while (members.isAlive()) {
            sent.add(Integer.toString(sent.size()));
            send(s, "wanted", sent.subList(sent.size() - 1, sent.size()));
        }
        members.join();

        assertThat(textsOf(s.receiveAll(member(s, "filtered", "wanted"), sent.size())))
                .containsAll(sent);
    }

    /** A broker that does not route delivers what the filter does not accept as well; the pipeline filters it. */
    private static int delivered(Scenario s, int accepted, int all) {
        return s.traits().support(MessagingPattern.ROUTING) == Support.NATIVE ? accepted : all;
    }

    private Scenario routing() {
        Scenario s = scenario();
        assumeTrue(
                s.traits().support(MessagingPattern.ROUTING) == Support.NATIVE,
                "the broker delivers every message, and the library filters");
        return s;
    }

    /** The numbers that a subscription with this filter handles, of four messages. */
    private List<Integer> handledOf(UnaryOperator<EventSubscription> filter) {
        Scenario s = scenario();
        List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
        s.consume(filter.apply(EventSubscription.of(s.topic().name(), s.group("filtered"))
                .on(Numbered.class, TYPE, (event, context) -> handled.add(event.number()))));
        List<Integer> all = Collections.synchronizedList(new ArrayList<>());
        s.consume(EventSubscription.of(s.topic().name(), s.group("all"))
                .on(Numbered.class, TYPE, (event, context) -> all.add(event.number())));
        s.declare(s.group("filtered"), s.group("all"));

        sendNumbered(s, 1, Map.of(Headers.ROUTING_KEY, "order.created.express", "region", "eu"));
        sendNumbered(s, 2, Map.of(Headers.ROUTING_KEY, "order.created.standard", "region", "eu", "tier", "gold"));
        sendNumbered(s, 3, Map.of(Headers.ROUTING_KEY, "order.created"));
        sendNumbered(s, 4, Map.of(Headers.ROUTING_KEY, "payment.urgent", "tier", "gold"));
        await().atMost(s.patience()).until(() -> all.size() == 4);
        sendNumbered(s, 5, Map.of(Headers.ROUTING_KEY, "order.created.urgent", "region", "eu", "tier", "gold"));
        await().atMost(s.patience()).until(() -> handled.contains(5));
        return handled.stream().filter(each -> each != 5).toList();
    }

    private static void sendNumbered(Scenario s, int number, Map<String, String> headers) {
        s.producer()
                .send(
                        s.topic(),
                        Messages.text("k", "{\"number\":" + number + "}")
                                .withHeaders(headers)
                                .withHeaders(Map.of(Headers.TYPE, TYPE, Headers.SOURCE, "/test")));
    }

    private static void send(Scenario s, String routingKey, List<String> texts) {
        texts.forEach(each -> s.producer().send(s.topic(), routed(routingKey, each)));
    }

    private static Message<String, byte[]> routed(String routingKey, String text) {
        return Messages.text("k", text).withHeader(Headers.ROUTING_KEY, routingKey);
    }

    private static MessageConsumer<String, byte[]> member(Scenario s, String group, String... patterns) {
        return s.member(s.group(group), options(patterns), s.topic());
    }

    private static ConsumerOptions options(String... patterns) {
        return ConsumerOptions.defaults().withFilter(new MessageFilter(List.of(patterns), Match.ALL, Map.of()));
    }

    private static void assertBacklog(Scenario s, Topic topic, long messages) {
        await().atMost(s.patience())
                .untilAsserted(() -> assertThat(s.broker().groups().of(topic, List.of(s.group("filtered"))))
                        .extracting(GroupBacklog::messages)
                        .containsExactly(messages));
    }
}
