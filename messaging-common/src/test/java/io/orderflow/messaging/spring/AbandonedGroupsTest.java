package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.runtime.TopicGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AbandonedGroupsTest {

    private static final Topic ORDERS = Topic.named("orders");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T10:00:00Z"));
    private final MemoryBroker broker = new MemoryBroker();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopicGroups groups = new TopicGroups(
            Brokers.only(broker),
            new TopicCatalog(Map.of("orders", new TopicCatalog.Entry(6, false, List.of("inventory")))));
    private final AbandonedGroups abandoned = new AbandonedGroups(groups, Duration.ofHours(1), now::get, meters);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void declare() {
        broker.declare(ORDERS, "inventory", "analytics");
        broker.producer().send(Topic.named("orders"), new Message<>("key", new byte[0], Map.of(), now.get()));
        log.start();
        ((Logger) LoggerFactory.getLogger(AbandonedGroups.class)).addAppender(log);
    }

    @AfterEach
    void detach() {
        ((Logger) LoggerFactory.getLogger(AbandonedGroups.class)).detachAppender(log);
    }

    @Test
    void a_group_without_members_is_reported_once_after_the_time_and_what_waits_for_each_is_measured() {
        try (var member = broker.consumer("inventory", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named("orders")));
            abandoned.run();
            now.updateAndGet(it -> it.plus(Duration.ofMinutes(59)));
            abandoned.run();
            assertThat(log.list).isEmpty();
            assertThat(consumed("inventory")).isEqualTo(1);
            assertThat(consumed("analytics")).isZero();

            now.updateAndGet(it -> it.plus(Duration.ofMinutes(1)));
            abandoned.run();
            abandoned.run();
        }

        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .contains("'analytics'", "'orders'", "1 messages", "./orderflow groups remove orders analytics");
        });
        assertThat(meters.get("messaging.group.backlog")
                        .tags("topic", "orders", "group", "analytics")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void a_group_that_is_read_again_and_abandoned_again_is_reported_again() {
        abandoned.run();
        now.updateAndGet(it -> it.plus(Duration.ofHours(1)));
        abandoned.run();
        assertThat(log.list).hasSize(2);

        try (var member = broker.consumer("analytics", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named("orders")));
            abandoned.run();
        }
        abandoned.run();
        now.updateAndGet(it -> it.plus(Duration.ofHours(1)));
        abandoned.run();

        assertThat(log.list).hasSize(3);
    }

    @Test
    void a_removed_group_is_gone_with_its_messages_and_the_configured_one_is_marked() {
        groups.remove("orders", "analytics");

        assertThat(groups.list())
                .containsExactly(new TopicGroups.TopicGroup("orders", "inventory", "memory", 1, false, true));
    }

    private double consumed(String group) {
        return meters.get("messaging.group.consumed")
                .tags("topic", "orders", "group", group)
                .gauge()
                .value();
    }
}
