package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a partition on Redis over changes of its owner. */
class RedisOrderTest extends RedisGroupFixture {

    @Test
    void entries_that_a_former_owner_reads_are_claimed_in_stream_order() {
        declare(declared.withPartitions(1));
        var owner = member(broker);
        send("k", 1, 3);
        assertThat(receive(owner, 3)).hasSize(3);
        owner.commit();

        send("k", 4, 6);
        redis.xreadgroup(Consumer.from(GROUP, "former-owner"), StreamOffset.lastConsumed(topic));
        send("k", 7, 9);

        assertThat(receive(owner, 6)).isEqualTo(texts("k", 4, 9));
        owner.commit();
        assertThat(redis.xpending(topic, GROUP).getCount()).isZero();
        await().until(() -> polled(owner) && redis.xinfoConsumers(topic, GROUP).size() == 1);
    }

    @Test
    void all_pending_entries_of_a_former_owner_are_delivered_before_newer_ones() {
        declare(declared.withPartitions(1));
        var first = member(broker);
        send("k", 1, 1000);
        assertThat(receive(first, 1000)).hasSize(1000);
        first.close();
        send("k", 1001, 1010);

        assertThat(receive(member(broker), 1010)).isEqualTo(texts("k", 1, 1010));
    }

    /** A member with what it has polled and not committed. */
    private record PollingMember(MessageConsumer<String, byte[]> consumer, List<String> uncommitted) {

        boolean isHandling(String key) {
            return uncommitted.stream().anyMatch(text -> text.startsWith(key + ":"));
        }
    }

    @ParameterizedTest(name = "with seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void each_key_stays_in_order_while_members_join_and_leave(long seed) {
        Random random = new Random(seed);
        declare(declared.withPartitions(4));
        List<PollingMember> members = new ArrayList<>(List.of(new PollingMember(member(broker), new ArrayList<>())));
        Map<String, Integer> sent = new TreeMap<>();
        Map<String, Integer> next = new TreeMap<>();
        for (int step = 0; step < 200; step++) {
            PollingMember one = members.get(random.nextInt(members.size()));
            switch (random.nextInt(12)) {
                case 0 -> {
                    if (members.size() < 5) {
                        members.add(new PollingMember(member(broker), new ArrayList<>()));
                    }
                }
                case 1 -> {
                    if (members.size() > 1) {
                        one.consumer().close();
                        members.remove(one);
                    }
                }
                case 2, 3, 4 -> {
                    String key = "key-" + random.nextInt(8);
                    int number = 1 + random.nextInt(5);
                    int first = sent.merge(key, number, Integer::sum) - number;
                    send(key, first, first + number - 1);
                }
                default -> poll(one, members, next, random.nextInt(4) > 0);
            }
        }

        await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> {
            members.forEach(each -> poll(each, members, next, true));
            return next.equals(sent);
        });
    }

    private static void poll(PollingMember one, List<PollingMember> all, Map<String, Integer> next, boolean commits) {
        for (String text : texts(one.consumer().poll(BRIEFLY))) {
            String key = text.substring(0, text.indexOf(':'));
            int number = Integer.parseInt(text.substring(key.length() + 1));
            assertThat(number)
                    .as("next message of %s, or a duplicate", key)
                    .isLessThanOrEqualTo(next.getOrDefault(key, 0));
            assertThat(all)
                    .as("other members that handle %s", key)
                    .noneMatch(each -> each != one && each.isHandling(key));
            next.merge(key, number + 1, Math::max);
            one.uncommitted().add(text);
        }
        if (commits) {
            one.consumer().commit();
            one.uncommitted().clear();
        }
    }

    @Test
    void batches_of_concurrent_threads_on_one_producer_are_stored_in_order() {
        declare(declared.withPartitions(1));
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            CompletableFuture<?>[] threads = IntStream.range(0, 8)
                    .mapToObj(thread -> CompletableFuture.runAsync(
                            () -> {
                                for (int batch = 0; batch < 300; batch++) {
                                    producer.sendBatch(declared, batch("t" + thread, 10 * batch, 10));
                                }
                            },
                            task -> new Thread(task, "sender-" + thread).start()))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(threads).join();
        }

        List<String> sent = redis.xrange(topic, Range.unbounded()).stream()
                .map(entry -> entry.getBody().get("value"))
                .toList();
        for (int thread = 0; thread < 8; thread++) {
            String key = "t" + thread + ":";
            assertThat(sent)
                    .filteredOn(text -> text.startsWith(key))
                    .as("messages of thread %d", thread)
                    .isEqualTo(texts("t" + thread, 0, 2_999));
        }
    }

    private static List<Message<String, byte[]>> batch(String key, int from, int number) {
        return texts(key, from, from + number - 1).stream()
                .map(text -> message(key, text))
                .toList();
    }
}
