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

/** How the members of a group share the partitions of a topic on Redis. */
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
    void members_have_equal_shares_whoever_joins_leaves_or_dies() {
        var first = member(broker);
        untilShares(List.of(6), first);
        var second = member(broker);
        untilShares(List.of(3, 3), first, second);
        TcpProxy proxy = proxy();
        var third = member(broker(proxy.port()));
        untilShares(List.of(2, 2, 2), first, second, third);

        proxy.blackhole();
        untilShares(List.of(3, 3), first, second);
        second.close();
        untilShares(List.of(6), first);
    }

    @Test
    void a_dead_member_is_noticed_though_the_clock_of_the_server_was_set_back() {
        var first = member(broker);
        untilShares(List.of(6), first);
        List<String> own = redis.keys("messaging:member:*");
        TcpProxy proxy = proxy();
        var second = member(broker(proxy.port()));
        untilShares(List.of(3, 3), first, second);

        proxy.blackhole();
        // an hour back is an hour more until the lease ends
        redis.keys("messaging:member:*").stream()
                .filter(lease -> !own.contains(lease))
                .forEach(lease -> redis.pexpire(lease, Duration.ofHours(1).toMillis()));

        untilShares(List.of(6), first);
    }

    @Test
    void a_member_more_than_there_are_partitions_waits_until_one_leaves() {
        declare(declared.withPartitions(1));
        var first = member(broker);
        untilShares(List.of(1), first);
        var second = member(broker);
        send("k", 1, 2);
        assertThat(second.poll(Duration.ofMillis(700))).isEmpty();
        first.close();

        assertThat(receive(second, 2)).containsExactly("k:1", "k:2");
    }

    @Test
    void what_is_not_committed_is_not_given_away() {
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
        untilShares(List.of(3, 3), first, second);
    }

    @Test
    void a_member_that_was_frozen_can_commit_nothing_and_reads_no_more() {
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
                .hasMessageContaining("lost its place");
        assertThatThrownBy(() -> frozen.poll(BRIEFLY)).isInstanceOf(MessagingException.class);
        frozen.close();
        assertThat(redis.xpending(topic, GROUP).getCount()).isEqualTo(10);
        survivor.commit();
        assertThat(redis.xpending(topic, GROUP).getCount()).isZero();
    }

    @Test
    void what_a_frozen_member_reads_on_is_handled_in_its_place() {
        declare(declared.withPartitions(1));
        var owner = member(broker);
        send("k", 1, 3);
        assertThat(receive(owner, 3)).hasSize(3);
        owner.commit();

        send("k", 4, 6);
        redis.xreadgroup(Consumer.from(GROUP, "zombie"), StreamOffset.lastConsumed(topic));
        send("k", 7, 9);

        assertThat(receive(owner, 6)).isEqualTo(texts("k", 4, 9));
        owner.commit();
        assertThat(redis.xpending(topic, GROUP).getCount()).isZero();
        await().until(() -> polled(owner) && redis.xinfoConsumers(topic, GROUP).size() == 1);
    }

    @Test
    void a_thousand_messages_that_were_held_come_before_newer_ones() {
        declare(declared.withPartitions(1));
        var first = member(broker);
        send("k", 1, 1000);
        assertThat(receive(first, 1000)).hasSize(1000);
        first.close();
        send("k", 1001, 1010);

        assertThat(receive(member(broker), 1010)).isEqualTo(texts("k", 1, 1010));
    }

    /** A member, and what it has polled and not committed. */
    private record Holding(MessageConsumer<String, byte[]> member, List<String> held) {

        boolean holdsOf(String key) {
            return held.stream().anyMatch(text -> text.startsWith(key + ":"));
        }
    }

    @ParameterizedTest(name = "with seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void each_key_stays_in_order_while_members_come_and_go(long seed) {
        Random random = new Random(seed);
        declare(declared.withPartitions(4));
        List<Holding> members = new ArrayList<>(List.of(new Holding(member(broker), new ArrayList<>())));
        Map<String, Integer> sent = new TreeMap<>();
        Map<String, Integer> next = new TreeMap<>();
        for (int step = 0; step < 200; step++) {
            Holding one = members.get(random.nextInt(members.size()));
            switch (random.nextInt(12)) {
                case 0 -> {
                    if (members.size() < 5) {
                        members.add(new Holding(member(broker), new ArrayList<>()));
                    }
                }
                case 1 -> {
                    if (members.size() > 1) {
                        one.member().close();
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

    private static void poll(Holding one, List<Holding> all, Map<String, Integer> next, boolean commits) {
        for (String text : texts(one.member().poll(BRIEFLY))) {
            String key = text.substring(0, text.indexOf(':'));
            int number = Integer.parseInt(text.substring(key.length() + 1));
            assertThat(number).as("next of %s, or one again", key).isLessThanOrEqualTo(next.getOrDefault(key, 0));
            assertThat(all).as("holders of %s", key).noneMatch(each -> each != one && each.holdsOf(key));
            next.merge(key, number + 1, Math::max);
            one.held().add(text);
        }
        if (commits) {
            one.member().commit();
            one.held().clear();
        }
    }

    @Test
    void what_was_deleted_while_it_was_pending_is_counted_and_holds_nobody_up() {
        Logger log = (Logger) LoggerFactory.getLogger(RedisBroker.class.getPackageName());
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        log.addAppender(said);
        opened.add(() -> log.detachAppender(said));
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
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("1 messages of " + topic + " were deleted"));
        second.commit();
        assertThat(redis.xpending(topic, GROUP).getCount()).isZero();
    }

    @Test
    void a_foreign_producer_reaches_the_first_partition() {
        var member = member(broker);
        member.poll(BRIEFLY);
        redis.xadd(topic, Map.of("payload", "{\"sku\":\"mug\"}"));

        assertThat(receive(member, 1)).containsExactly("{\"sku\":\"mug\"}");
    }

    @Test
    void a_key_is_in_the_stream_that_the_documented_hash_says() {
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
    void batches_of_many_threads_on_one_producer_stay_whole_and_in_order() {
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
    void a_topic_stays_what_it_was_declared() {
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
    void what_every_group_has_committed_is_deleted_from_every_stream() {
        var member = member(broker);
        for (int key = 0; key < 20; key++) {
            send("key-" + key, 1, 200);
        }
        assertThat(receive(member, 4_000)).hasSize(4_000);
        member.commit();

        await().untilAsserted(() -> assertThat(streams().mapToLong(redis::xlen).sum())
                .as("entries left, where Redis deletes whole nodes of 100")
                .isLessThan(800));
    }

    @Test
    void deleted_streams_are_made_again_and_reading_goes_on() {
        var member = member(broker);
        untilShares(List.of(6), member);
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

    /** Lets the members poll until they own so many partitions each. */
    @SafeVarargs
    private void untilShares(List<Integer> expected, MessageConsumer<String, byte[]>... members) {
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
