package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Ownership of partitions among the members of a group on Redis, and what it guarantees. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisPartitionsTest {

    private static final RedisServer SERVER = RedisServer.find();
    private static final String GROUP = "group";
    private static final Duration BRIEFLY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withMaxPollMessages(10)
            .withMemberTimeout(Duration.ofSeconds(2))
            .withPollHandling(Duration.ofMinutes(1));

    private final String topic = "partitions-" + UUID.randomUUID();
    private Topic declared = Topic.named(topic);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private RedisBroker broker;
    private RedisCommands<String, String> redis;

    @BeforeEach
    void connect() {
        broker = broker(SERVER.port());
        RedisClient client = RedisClient.create(RedisURI.create(SERVER.host(), SERVER.port()));
        opened.add(client);
        StatefulRedisConnection<String, String> connection = client.connect();
        redis = connection.sync();
    }

    @AfterEach
    void disconnect() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void partitions_are_rebalanced_evenly_when_members_join_leave_or_crash() {
        var first = member(broker);
        awaitShares(List.of(6), first);
        var second = member(broker);
        awaitShares(List.of(3, 3), first, second);
        TcpProxy proxy = proxy();
        var third = member(broker(proxy.port()));
        awaitShares(List.of(2, 2, 2), first, second, third);

        proxy.blackhole();
        awaitShares(List.of(3, 3), first, second);
        second.close();
        awaitShares(List.of(6), first);
    }

    @Test
    void the_lease_of_a_dead_member_expires_although_the_clock_of_the_server_was_set_back() {
        var first = member(broker);
        awaitShares(List.of(6), first);
        List<String> own = redis.keys("messaging:member:*");
        TcpProxy proxy = proxy();
        var second = member(broker(proxy.port()));
        awaitShares(List.of(3, 3), first, second);

        proxy.blackhole();
        // if the clock is set back by an hour, the lease lasts an hour longer
        redis.keys("messaging:member:*").stream()
                .filter(lease -> !own.contains(lease))
                .forEach(lease -> redis.pexpire(lease, Duration.ofHours(1).toMillis()));

        awaitShares(List.of(6), first);
    }

    @Test
    void a_member_without_a_partition_takes_over_when_another_leaves() {
        declare(declared.withPartitions(1));
        var first = member(broker);
        awaitShares(List.of(1), first);
        var second = member(broker);
        send("k", 1, 2);
        assertThat(second.poll(Duration.ofMillis(700))).isEmpty();
        first.close();

        assertThat(receive(second, 2)).containsExactly("k:1", "k:2");
    }

    @Test
    void a_partition_with_uncommitted_messages_is_not_released() {
        var first = member(broker);
        send("k", 1, 5);
        assertThat(receive(first, 5)).hasSize(5);
        var second = member(broker);
        send("k", 6, 9);
        for (int i = 0; i < 20; i++) {
            assertThat(texts(second.poll(BRIEFLY))).isEmpty();
            first.poll(BRIEFLY);
        }
        first.commit();
        awaitShares(List.of(3, 3), first, second);
    }

    @Test
    void a_member_whose_lease_expired_can_neither_commit_nor_poll() {
        declare(declared.withPartitions(1));
        TcpProxy proxy = proxy();
        var frozen = member(broker(proxy.port()));
        send("k", 1, 10);
        assertThat(receive(frozen, 10)).hasSize(10);
        proxy.blackhole();
        var survivor = member(broker);
        assertThat(receive(survivor, 10)).isEqualTo(texts("k", 1, 10));

        proxy.heal();
        assertThatThrownBy(frozen::commit)
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("lost its lease");
        assertThatThrownBy(() -> frozen.poll(BRIEFLY)).isInstanceOf(MessagingException.class);
        frozen.close();
        assertThat(redis.xpending(topic, GROUP).getCount()).isEqualTo(10);
        survivor.commit();
        assertThat(redis.xpending(topic, GROUP).getCount()).isZero();
    }

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
    void each_key_stays_in_order_while_members_come_and_go(long seed) {
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
    void entries_deleted_while_pending_are_logged_and_block_nothing() {
        Logger log = (Logger) LoggerFactory.getLogger(RedisBroker.class.getPackageName());
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        log.addAppender(logged);
        opened.add(() -> log.detachAppender(logged));
        declare(declared.withPartitions(1));
        var first = member(broker);
        send("k", 1, 5);
        List<Delivery<String, byte[]>> held = new ArrayList<>();
        await().until(() -> held.addAll(first.poll(BRIEFLY)) && held.size() == 5);
        String position = held.get(2).position();
        redis.xdel(topic, position.substring(position.indexOf('@') + 1));
        first.close();

        var second = member(broker);
        assertThat(receive(second, 4)).containsExactly("k:1", "k:2", "k:4", "k:5");
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("1 messages of [" + topic + "] were deleted"));
        second.commit();
        assertThat(redis.xpending(topic, GROUP).getCount()).isZero();
    }

    @Test
    void an_entry_of_another_producer_is_delivered_from_the_first_partition() {
        var member = member(broker);
        member.poll(BRIEFLY);
        redis.xadd(topic, Map.of("payload", "{\"sku\":\"mug\"}"));

        assertThat(receive(member, 1)).containsExactly("{\"sku\":\"mug\"}");
    }

    @Test
    void a_key_is_stored_in_the_stream_of_its_documented_hash() {
        declare(declared);
        for (String key : List.of("a", "b", "order-4711", "kundin-ä")) {
            int partition = KeyPartition.of(key, 6);
            String stream = partition == 0 ? topic : topic + ":" + partition;
            long before = redis.xlen(stream);
            send(key, 1, 1);
            assertThat(redis.xlen(stream)).as("length of %s", stream).isEqualTo(before + 1);
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
                    .as("what thread %d sent", thread)
                    .isEqualTo(texts("t" + thread, 0, 2_999));
        }
    }

    @Test
    void a_topic_cannot_be_declared_with_another_partitioning() {
        declare(declared.withPartitions(4));
        RedisBroker other = broker(SERVER.port());
        other.declare(Topic.named(topic).withPartitions(4), GROUP);

        assertThatThrownBy(() -> other.declare(Topic.named(topic), GROUP))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("'" + topic + "'")
                .hasMessageContaining("4 partitions")
                .hasMessageContaining("6 partitions");
        assertThatThrownBy(() -> other.declare(Topic.named(topic).asWorkQueue(), GROUP))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("work queue");
    }

    @Test
    void a_producer_or_a_member_with_another_number_of_partitions_is_refused() {
        declare(declared.withPartitions(2));
        Topic other = declared.withPartitions(3);
        RedisBroker unaware = broker(SERVER.port());
        try (MessageProducer<String, byte[]> producer = unaware.producer();
                MessageConsumer<String, byte[]> member = unaware.consumer(GROUP, ConsumerOptions.defaults())) {
            assertThatThrownBy(() -> producer.send(other, message("key", "key:1")))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("2 partitions");
            assertThatThrownBy(() -> member.subscribe(List.of(other)))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("2 partitions");
        }

        assertThat(redis.xlen(topic) + redis.xlen(topic + ":1")).isZero();
    }

    @Test
    void a_work_queue_has_one_stream_and_its_members_compete() {
        declare(declared.asWorkQueue());
        var first = member(broker);
        var second = member(broker);
        send("k", 1, 40);

        assertThat(redis.xlen(topic)).isEqualTo(40);
        assertThat(receive(first, 1)).isNotEmpty();
        assertThat(receive(second, 1)).isNotEmpty();
    }

    @Test
    void entries_that_every_group_has_acknowledged_are_trimmed() {
        var member = member(broker);
        for (int key = 0; key < 20; key++) {
            send("key-" + key, 1, 200);
        }
        assertThat(receive(member, 4_000)).hasSize(4_000);
        member.commit();

        await().untilAsserted(() -> {
            member.poll(BRIEFLY);
            assertThat(streams().mapToLong(redis::xlen).sum())
                    .as("entries left, where Redis deletes whole nodes of 100")
                    .isLessThan(800);
        });
    }

    @Test
    void deleted_streams_are_declared_again_and_reading_continues() {
        var member = member(broker);
        awaitShares(List.of(6), member);
        redis.del(streams().toArray(String[]::new));
        await().until(() -> polled(member) && redis.exists(streams().toArray(String[]::new)) == 6);
        for (int key = 0; key < 20; key++) {
            send("key-" + key, 1, 1);
        }

        assertThat(receive(member, 20)).hasSize(20);
    }

    private Stream<String> streams() {
        return IntStream.range(0, 6).mapToObj(i -> i == 0 ? topic : topic + ":" + i);
    }

    /** Polls with the members until they own these numbers of partitions. */
    @SafeVarargs
    private void awaitShares(List<Integer> expected, MessageConsumer<String, byte[]>... members) {
        await().atMost(PATIENCE).until(() -> {
            Arrays.stream(members).forEach(RedisPartitionsTest::polled);
            Map<String, String> owners = redis.hgetall("messaging:owners:" + topic + ":" + GROUP);
            List<Integer> shares = owners.values().stream()
                    .distinct()
                    .filter(owner -> redis.exists("messaging:member:" + owner) == 1)
                    .map(owner -> Collections.frequency(owners.values(), owner))
                    .sorted()
                    .toList();
            return shares.equals(expected);
        });
    }

    private static boolean polled(MessageConsumer<String, byte[]> member) {
        member.poll(BRIEFLY);
        return true;
    }

    private List<String> receive(MessageConsumer<String, byte[]> member, int number) {
        List<String> received = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (received.size() < number && System.nanoTime() < deadline) {
            received.addAll(texts(member.poll(BRIEFLY)));
        }
        return received;
    }

    private static List<String> texts(List<Delivery<String, byte[]>> polled) {
        return polled.stream()
                .map(delivery -> new String(delivery.message().value(), UTF_8))
                .toList();
    }

    private static List<String> texts(String key, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> key + ":" + i).toList();
    }

    private void send(String key, int from, int to) {
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            producer.sendBatch(
                    declared,
                    texts(key, from, to).stream()
                            .map(text -> message(key, text))
                            .toList());
        }
    }

    private static List<Message<String, byte[]>> batch(String key, int from, int number) {
        return texts(key, from, from + number - 1).stream()
                .map(text -> message(key, text))
                .toList();
    }

    private static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(UTF_8), Map.of(), Instant.now());
    }

    private MessageConsumer<String, byte[]> member(RedisBroker of) {
        var member = of.consumer(GROUP, OPTIONS);
        member.subscribe(List.of(declared));
        opened.add(member);
        return member;
    }

    private RedisBroker broker(int port) {
        var settings = new RedisMessagingProperties(Duration.ofSeconds(5), 0, true, true);
        RedisBroker opening = new RedisBroker(new LettuceConnectionFactory(SERVER.host(), port), settings);
        opened.add(opening);
        return opening;
    }

    private TcpProxy proxy() {
        TcpProxy proxy = TcpProxy.to(SERVER.host(), SERVER.port());
        opened.add(proxy);
        return proxy;
    }

    private void declare(Topic wanted) {
        declared = wanted;
        broker.declare(wanted, GROUP);
    }
}
