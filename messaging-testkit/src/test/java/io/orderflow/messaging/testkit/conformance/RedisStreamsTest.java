package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.redis.RedisBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How topics are stored in the streams of Redis. */
class RedisStreamsTest extends RedisGroupFixture {

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
        List<Delivery<String, byte[]>> pending = new ArrayList<>();
        await().until(() -> pending.addAll(first.poll(BRIEFLY)) && pending.size() == 5);
        String position = pending.get(2).position();
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
        awaitOwnership(List.of(6), member);
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
}
