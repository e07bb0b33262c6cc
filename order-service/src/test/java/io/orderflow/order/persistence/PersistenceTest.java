package io.orderflow.order.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.testkit.service.TestDatabase;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Parcel;
import io.orderflow.order.domain.Priority;
import io.orderflow.order.domain.TimelineEntry;
import io.orderflow.order.domain.TimelineEntry.Cause;
import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookSecrets;
import io.orderflow.order.usecases.StoredResponses.Entry;
import io.orderflow.order.usecases.StoredResponses.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The repositories on PostgreSQL; each test is rolled back. */
@JdbcTest(includeFilters = @Filter(Repository.class))
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import(TestDatabase.class)
class PersistenceTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");

    private final UUID id = UUID.randomUUID();
    private final Order pending = Order.place(
                    id,
                    "ada",
                    Priority.EXPRESS,
                    List.of(
                            new OrderLine("MUG-RABBIT", 1, new BigDecimal("12.50")),
                            new OrderLine("BOOK-EIP", 2, new BigDecimal("49.90"))),
                    TIME)
            .order();

    @Autowired
    private JdbcOrders orders;

    @Autowired
    private JdbcProducts products;

    @Autowired
    private JdbcTimeline timeline;

    @Autowired
    private JdbcStoredResponses responses;

    @Autowired
    private JdbcPublishingCheckpoints checkpoints;

    @Autowired
    private JdbcWebhooks webhooks;

    @Autowired
    private PlatformTransactionManager transactions;

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        InstantSource clock() {
            return InstantSource.fixed(TIME);
        }
    }

    @Test
    void aChangedPriceIsReadAfterARefresh() {
        assertThat(price("MUG-RABBIT")).isEqualByComparingTo("12.50");

        assertThat(products.change("MUG-RABBIT", new BigDecimal("13.00"))).isTrue();
        assertThat(price("MUG-RABBIT")).isEqualByComparingTo("12.50");
        products.refresh();

        assertThat(price("MUG-RABBIT")).isEqualByComparingTo("13.00");
        assertThat(products.change("NO-SUCH", BigDecimal.ONE)).isFalse();
    }

    @AfterEach
    void forgetPrices() {
        products.refresh();
    }

    private BigDecimal price(String sku) {
        return products.find(List.of(sku)).get(0).price();
    }

    @Test
    void anOrderIsFoundAsItWasAdded() {
        orders.add(pending);

        assertThat(orders.find(id)).contains(pending);
        assertThat(orders.lock(id)).contains(pending);
        assertThat(orders.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void anOrderIsFoundAsItWasUpdated() {
        orders.add(pending);
        Order confirmed = pending.reserved(TIME.plusSeconds(1)).order();
        Order shipped = confirmed
                .dispatched(new Parcel("ACME", "T-1"), TIME.plusSeconds(2))
                .order();
        orders.update(shipped);

        assertThat(orders.find(id)).contains(shipped);
    }

    @Test
    void ordersAreListedByCustomerTheLatestFirst() {
        Order later = placed("ada", TIME.plusSeconds(1));
        orders.add(pending);
        orders.add(later);
        orders.add(placed("bob", TIME));

        assertThat(orders.list("ada", null, 10)).containsExactly(later, pending);
        assertThat(orders.list("ada", null, 1)).containsExactly(later);
        assertThat(orders.list("ada", later.id(), 10)).containsExactly(pending);
        assertThat(orders.list("ada", pending.id(), 10)).isEmpty();
        assertThat(orders.list(null, null, 10)).hasSize(3);
    }

    @Test
    void waitingOrdersHaveTheStatusSinceBeforeTheTime() {
        Order older = placed("ada", TIME.minusSeconds(1));
        orders.add(pending);
        orders.add(older);

        assertThat(orders.waiting(OrderStatus.PENDING, TIME.plusSeconds(1), 10)).containsExactly(older.id(), id);
        assertThat(orders.waiting(OrderStatus.PENDING, TIME, 10)).containsExactly(older.id());
        assertThat(orders.waiting(OrderStatus.CONFIRMED, TIME.plusSeconds(1), 10))
                .isEmpty();
        assertThat(orders.countWaiting(OrderStatus.PENDING, TIME.plusSeconds(1)))
                .isEqualTo(2);
    }

    @Test
    void anOrderWithALaterTimelineEntryHasChanged() {
        orders.add(pending);
        timeline.add(id, new TimelineEntry(TIME, "placed", OrderStatus.PENDING, null));
        assertThat(orders.unchangedSince(OrderStatus.PENDING, TIME, 10)).containsExactly(id);

        timeline.add(id, new TimelineEntry(TIME.plusSeconds(1), "repeated", OrderStatus.PENDING, null));
        assertThat(orders.unchangedSince(OrderStatus.PENDING, TIME, 10)).isEmpty();
    }

    @Test
    void aTimelineHasTheOldestEntryFirst() {
        TimelineEntry first = new TimelineEntry(TIME, "placed", OrderStatus.PENDING, null);
        TimelineEntry second =
                new TimelineEntry(TIME, "reserved", OrderStatus.CONFIRMED, new Cause("inventory.reserved.v1", "e1"));
        orders.add(pending);
        timeline.add(id, first);
        timeline.add(id, second);

        assertThat(timeline.of(id)).containsExactly(first, second);
    }

    @Test
    void productsAreFoundByTheirKeys() {
        assertThat(products.all())
                .hasSize(12)
                .isSortedAccordingTo((a, b) -> a.sku().compareTo(b.sku()));
        assertThat(products.find(List.of("BOOK-EIP", "NO-SUCH")))
                .singleElement()
                .satisfies(product -> assertThat(product.price()).isEqualByComparingTo("49.90"));
    }

    @Test
    void aStoredResponseReplacesAnOlderOne() {
        Entry entry = new Entry("key", "fingerprint", new Response(201, "/orders/1", "{}"), TIME);
        responses.save(new Entry("key", "other", new Response(201, "/orders/0", "{}"), TIME.minusSeconds(1)));
        responses.save(entry);

        assertThat(responses.find("key")).contains(entry);
        responses.deleteOlderThan(TIME);
        assertThat(responses.find("key")).contains(entry);
        responses.deleteOlderThan(TIME.plusSeconds(1));
        assertThat(responses.find("key")).isEmpty();
    }

    @Test
    void aKeyIsLockedByOneTransaction() {
        TransactionTemplate another = new TransactionTemplate(transactions);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        assertThat(responses.tryLock("key")).isTrue();
        assertThat(another.<Boolean>execute(transaction -> responses.tryLock("key")))
                .isFalse();
        assertThat(another.<Boolean>execute(transaction -> responses.tryLock("other")))
                .isTrue();
    }

    @Test
    void aCheckpointAppliesUntilTheNextOne() {
        Duration interval = Duration.ofSeconds(30);
        checkpoints.add(TIME, TIME.minusSeconds(5), interval);
        checkpoints.add(TIME.plusSeconds(29), TIME.plusSeconds(20), interval); // within the interval
        checkpoints.add(TIME.plusSeconds(31), TIME.plusSeconds(30), interval);

        assertThat(checkpoints.placedBefore(TIME.minusSeconds(1))).isEmpty();
        assertThat(checkpoints.placedBefore(TIME.plusSeconds(30))).contains(TIME.minusSeconds(5));
        assertThat(checkpoints.placedBefore(TIME.plusSeconds(31))).contains(TIME.plusSeconds(30));
    }

    @Test
    void theCheckpointThatAppliesIsNotDeleted() {
        checkpoints.add(TIME, TIME, Duration.ZERO);
        checkpoints.add(TIME.plusSeconds(10), TIME, Duration.ZERO);
        checkpoints.deleteBefore(TIME.plusSeconds(9));
        assertThat(checkpoints.placedBefore(TIME)).contains(TIME);

        checkpoints.deleteBefore(TIME.plusSeconds(10));
        assertThat(checkpoints.placedBefore(TIME)).isEmpty();
    }

    private static Order placed(String customer, Instant at) {
        List<OrderLine> lines = List.of(new OrderLine("BOOK-EIP", 1, new BigDecimal("49.90")));
        return Order.place(UUID.randomUUID(), customer, Priority.STANDARD, lines, at)
                .order();
    }

    @Test
    void aWebhookThatIsDisabledKeepsTheSecretThatReplacedItsOwnMeanwhile() {
        WebhookSecrets first = WebhookSecrets.create();
        webhooks.add(
                new Webhook(id, URI.create("https://example.org"), List.of("order.created.v1"), first, null, TIME));
        WebhookSecrets rotated =
                webhooks.rotateSecret(id, "whsec_2", TIME).orElseThrow().secrets();

        webhooks.disable(id, "gone");

        Webhook stored = webhooks.find(id).orElseThrow();
        assertThat(stored.isDisabled()).isTrue();
        assertThat(stored.secrets()).isEqualTo(rotated);
    }

    /** A rotation that began before another one ended is the same: the statement reads the current row. */
    @Test
    void eachRotationKeepsTheSecretThatTheOneBeforeReturned() {
        assertThat(webhooks.rotateSecret(id, "whsec_2", TIME)).isEmpty();
        webhooks.add(new Webhook(
                id,
                URI.create("https://example.org"),
                List.of("order.created.v1"),
                WebhookSecrets.create(),
                null,
                TIME));

        webhooks.rotateSecret(id, "whsec_2", TIME);
        assertThat(webhooks.rotateSecret(id, "whsec_3", TIME))
                .map(Webhook::secrets)
                .contains(new WebhookSecrets("whsec_3", "whsec_2", TIME));
    }
}
