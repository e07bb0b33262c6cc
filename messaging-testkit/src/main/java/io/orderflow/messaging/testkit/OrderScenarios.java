package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.text;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order of messages. Texts are {@code key:number}. */
interface OrderScenarios extends InScenario {

    @Test
    default void one_member_receives_each_keys_messages_in_order() {
        Scenario s = scenarioWithGroup();
        for (int round = 0; round < 20; round++) {
            List<Message<String, byte[]>> batch = new ArrayList<>();
            for (int key = 0; key < 5; key++) {
                batch.add(text("key" + key, "key" + key + ":" + 2 * round));
                batch.add(text("key" + key, "key" + key + ":" + (2 * round + 1)));
            }
            s.sendBatch(batch);
        }

        List<String> received = textsOf(s.receiveAll(s.member(s.group("g"), 7), 200));

        assertThat(received).hasSize(200);
        for (int key = 0; key < 5; key++) {
            assertInOrder(received, "key" + key, 40);
        }
    }

    @Test
    default void messages_sent_one_by_one_and_in_batches_keep_their_order() {
        Scenario s = scenarioWithGroup();
        int sent = 0;
        while (sent < 60) {
            s.producer().send(s.topic(), text("k", "k:" + sent++));
            s.sendBatch(List.of(text("k", "k:" + sent++), text("k", "k:" + sent++)));
        }

        List<String> received = textsOf(s.receiveAll(s.member(s.group("g")), 60));

        assertThat(received).hasSize(60);
        assertInOrder(received, "k", 60);
    }

    @Test
    default void eight_threads_on_one_producer_lose_nothing_and_each_keeps_its_order() {
        Scenario s = scenarioWithGroup();
        CompletableFuture<?>[] threads = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                s.producer().send(s.topic(), text("t" + thread, "t" + thread + ":" + i));
                            }
                        },
                        task -> new Thread(task, "sender-" + thread).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();

        List<String> received = textsOf(s.receiveAll(s.member(s.group("g")), 400));

        assertThat(received).hasSize(400);
        for (int thread = 0; thread < 8; thread++) {
            assertInOrder(received, "t" + thread, 50);
        }
    }

    @Test
    default void several_members_receive_each_keys_messages_in_order() {
        Scenario s = scenario();
        assumeTrue(s.traits().orderAcrossMembers(), "order per key is not promised to several members of a group");
        s.declare(s.group("g"));
        TwoMembers members = TwoMembers.settled(s, s.group("g"));
        for (int i = 0; i < 40; i++) {
            for (int key = 0; key < 10; key++) {
                s.producer().send(s.topic(), text("key" + key, "key" + key + ":" + i));
            }
        }

        List<String> received = members.readUntil(texts -> texts.size() >= 400, "key");

        for (int key = 0; key < 10; key++) {
            assertInOrder(received, "key" + key, 40);
        }
    }

    @Test
    default void positions_identify_messages() {
        Scenario s = scenarioWithGroup();
        s.send("k", Messages.numbers(1, 10));
        var first = s.member(s.group("g"));
        List<String> positions =
                s.receive(first, 10).stream().map(Delivery::position).toList();
        first.close();
        List<String> again = s.receive(s.member(s.group("g")), 10).stream()
                .map(Delivery::position)
                .toList();

        assertThat(positions).allSatisfy(position -> assertThat(position).isNotBlank());
        assumeTrue(s.traits().stablePositions(), "positions may change from one delivery to the next");
        assertThat(positions).doesNotHaveDuplicates();
        assertThat(again).isEqualTo(positions);
    }

    private static void assertInOrder(List<String> received, String key, int number) {
        List<String> expected =
                IntStream.range(0, number).mapToObj(i -> key + ":" + i).toList();
        assertThat(new ArrayList<>(new LinkedHashSet<>(received)))
                .filteredOn(text -> text.startsWith(key + ":"))
                .as("messages of key %s", key)
                .isEqualTo(expected);
    }
}
