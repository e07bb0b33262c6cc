package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessagingException;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which member of a group owns a partition on Redis. */
class RedisRebalanceTest extends RedisGroupFixture {

    @Test
    void partitions_are_rebalanced_evenly_when_members_join_leave_or_crash() {
        var first = member(broker);
        awaitOwnership(List.of(6), first);
        var second = member(broker);
        awaitOwnership(List.of(3, 3), first, second);
        TcpProxy proxy = proxy();
        var third = member(broker(proxy.port()));
        awaitOwnership(List.of(2, 2, 2), first, second, third);

        proxy.blackhole();
        awaitOwnership(List.of(3, 3), first, second);
        second.close();
        awaitOwnership(List.of(6), first);
    }

    @Test
    void the_lease_of_a_crashed_member_expires_although_the_clock_of_the_server_was_set_back() {
        var first = member(broker);
        awaitOwnership(List.of(6), first);
        List<String> own = redis.keys("messaging:member:*");
        TcpProxy proxy = proxy();
        var second = member(broker(proxy.port()));
        awaitOwnership(List.of(3, 3), first, second);

        proxy.blackhole();
        // if the clock is set back by an hour, the lease lasts an hour longer
        redis.keys("messaging:member:*").stream()
                .filter(lease -> !own.contains(lease))
                .forEach(lease -> redis.pexpire(lease, Duration.ofHours(1).toMillis()));

        awaitOwnership(List.of(6), first);
    }

    @Test
    void a_member_without_a_partition_takes_over_when_another_leaves() {
        declare(declared.withPartitions(1));
        var first = member(broker);
        awaitOwnership(List.of(1), first);
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
        awaitOwnership(List.of(3, 3), first, second);
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
}
