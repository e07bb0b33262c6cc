package io.orderflow.analytics.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.usecases.ViewResults;
import io.orderflow.events.HighValueOrder;
import io.orderflow.events.Topics;
import io.orderflow.messaging.testkit.service.RunningService;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The plain subscription and the topology get the same events, out of order, some late and some twice, and have the same
 * results in the end. The subscription gets them from a broker that spreads them over partitions, so its order is another
 * one once more.
 */
class SameResultsTest extends RunningService {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final int CUSTOMERS = 12;
    private static final int ORDERS_OF_A_CUSTOMER = 15;
    private static final String LAST = "last-customer";

    /** All that is found out about orders, without the order in which it was found out. */
    private record Results(
            Map<String, CustomerTotals> totals,
            Map<Instant, Long> minutes,
            Set<SuspiciousOrder> suspicious,
            Set<HighValueOrder> highValue) {}

    @TempDir
    Path state;

    @Autowired
    ViewResults view;

    private final Random random = new Random(20261121);

    /** Other tests of this application place orders, too. */
    @BeforeEach
    void deleteOtherResults(@Autowired JdbcClient jdbc) {
        for (String table : List.of("customer", "orders_per_minute", "suspicious_order", "high_value_order")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @Test
    void the_subscription_and_the_topology_have_the_same_results() {
        List<OrderEventRecord> events = shuffledWithDuplicates();
        OrderEventRecord nextDay = placed("next-day", LAST, START.plus(Duration.ofHours(26)), "1");
        OrderEventRecord late = placed("late", LAST, START.plus(Duration.ofHours(3)), "1");
        OrderEventRecord tooLate = placed("too-late", LAST, START, "1");
        Results ofTopology;
        try (TopologyDriver topology = new TopologyDriver(state, START.plus(Duration.ofHours(27)))) {
            events.forEach(topology::send);
            Stream.of(nextDay, late, tooLate, late, tooLate).forEach(topology::send);
            ofTopology = results(topology);
        }

        events.forEach(this::send);
        awaitOrders(CUSTOMERS * ORDERS_OF_A_CUSTOMER);
        send(nextDay);
        awaitOrders(CUSTOMERS * ORDERS_OF_A_CUSTOMER + 1);
        Stream.of(late, tooLate, late, tooLate).forEach(this::send);
        awaitOrders(CUSTOMERS * ORDERS_OF_A_CUSTOMER + 3);
        await().untilAsserted(
                        () -> assertThat(results()).usingRecursiveComparison().isEqualTo(ofTopology));

        assertThat(ofTopology.totals()).hasSize(CUSTOMERS + 1);
        assertThat(ofTopology.suspicious()).hasSizeGreaterThan(CUSTOMERS);
        assertThat(ofTopology.highValue()).hasSizeGreaterThan(CUSTOMERS);
        assertThat(ofTopology.minutes())
                .containsEntry(START.plus(Duration.ofHours(26)), 1L)
                .containsEntry(START.plus(Duration.ofHours(3)), 1L);
        assertThat(ofTopology.minutes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("all but the one that is too late")
                .isEqualTo(CUSTOMERS * ORDERS_OF_A_CUSTOMER + 2);
    }

    /** Of ten minutes; every fourth event twice, anywhere among the others. */
    private List<OrderEventRecord> shuffledWithDuplicates() {
        List<OrderEventRecord> events = new ArrayList<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            for (int number = 0; number < ORDERS_OF_A_CUSTOMER; number++) {
                String order = customer + "-" + number;
                Instant at = START.plusMillis(random.nextInt(600_000));
                String total =
                        new BigDecimal(random.nextInt(200_000)).movePointLeft(2).toString();
                events.add(placed(order, "customer-" + customer, at, total));
                if (random.nextBoolean()) {
                    events.add(OrderEventRecord.confirmed(
                            order + "-confirmed", order, "customer-" + customer, total, at.plusSeconds(1)));
                }
            }
        }
        events.addAll(events.stream().filter(event -> random.nextInt(4) == 0).toList());
        Collections.shuffle(events, random);
        return events;
    }

    private static OrderEventRecord placed(String order, String customer, Instant at, String total) {
        return OrderEventRecord.placed(order + "-placed", order, customer, total, at);
    }

    private void send(OrderEventRecord event) {
        probe.send(Topics.ORDERS, event.key(), event.headers(), event.json());
    }

    private void awaitOrders(int number) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> results().totals().values().stream()
                                .mapToLong(CustomerTotals::orders)
                                .sum()
                        == number);
    }

    private Results results() {
        Map<String, CustomerTotals> totals = Stream.concat(
                        Stream.of(LAST),
                        Stream.iterate(0, i -> i + 1).limit(CUSTOMERS).map(i -> "customer-" + i))
                .map(view::customer)
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(CustomerTotals::customerId, SameResultsTest::comparable));
        return new Results(
                totals,
                minutes(view.ordersPerMinute(null, 1_000)),
                Set.copyOf(view.suspicious(null, null, 1_000)),
                highValue(view.highValue(null, null, 1_000)));
    }

    private static Results results(TopologyDriver topology) {
        Map<String, CustomerTotals> totals = new HashMap<>();
        topology.totals().forEach(each -> totals.put(each.customerId(), comparable(each)));
        return new Results(
                totals,
                minutes(topology.minutes()),
                new HashSet<>(topology.suspicious()),
                highValue(topology.highValue()));
    }

    /** The last count of each minute: it is the largest. */
    private static Map<Instant, Long> minutes(List<MinuteCount> counts) {
        return counts.stream().collect(Collectors.toMap(MinuteCount::minute, MinuteCount::orders, Math::max));
    }

    private static CustomerTotals comparable(CustomerTotals each) {
        return new CustomerTotals(
                each.customerId(),
                each.orders(),
                each.confirmed(),
                each.revenue().setScale(2));
    }

    private static Set<HighValueOrder> highValue(List<HighValueOrder> orders) {
        return orders.stream()
                .map(each -> new HighValueOrder(
                        each.orderId(), each.customerId(), each.total().setScale(2), each.placedAt()))
                .collect(Collectors.toSet());
    }
}
