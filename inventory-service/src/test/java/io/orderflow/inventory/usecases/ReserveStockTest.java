package io.orderflow.inventory.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.OrderId;
import io.orderflow.inventory.TestAdapters;
import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.Reservation.Status;
import io.orderflow.inventory.domain.ReservationRequest;
import io.orderflow.inventory.domain.StockLevel;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.messaging.testkit.service.UseCaseTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@UseCaseTest
@Import(TestAdapters.class)
class ReserveStockTest {

    private static final OrderId ORDER = new OrderId("order-1");

    @Autowired
    ReserveStock stock;

    @Autowired
    ViewStock view;

    @Autowired
    RecordedEvents events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void reset() {
        jdbc.sql("truncate stock, reservation, reservation_line").update();
        jdbc.sql("insert into stock (sku, received, available) values ('MUG', 10, 10), ('BOOK', 5, 5), ('LAST', 1, 1)")
                .update();
        events.all().clear();
    }

    @Test
    void reserving_moves_available_stock_to_reserved() {
        stock.reserve(order(ORDER, new OrderLine("MUG", 3), new OrderLine("BOOK", 5)));

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 7, 3, 0));
        assertThat(level("BOOK")).isEqualTo(new StockLevel("BOOK", 0, 5, 0));
        assertThat(events.of(InventoryReserved.class)).hasSize(1);
    }

    @Test
    void one_line_out_of_stock_rejects_the_order() {
        stock.reserve(order(ORDER, new OrderLine("MUG", 3), new OrderLine("BOOK", 6)));

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 10, 0, 0));
        assertThat(level("BOOK")).isEqualTo(new StockLevel("BOOK", 5, 0, 0));
        assertThat(events.of(InventoryRejected.class))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.skus()).containsExactly("BOOK"));
    }

    @Test
    void a_duplicate_reservation_changes_and_publishes_nothing() {
        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));
        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 7, 3, 0));
        assertThat(events.all()).hasSize(1);
    }

    @Test
    void a_rejected_order_stays_rejected_when_stock_is_released() {
        stock.reserve(order(new OrderId("first"), new OrderLine("LAST", 1)));
        stock.reserve(order(new OrderId("second"), new OrderLine("LAST", 1)));
        stock.release(new OrderId("first"));
        stock.reserve(order(new OrderId("second"), new OrderLine("LAST", 1)));

        assertThat(level("LAST")).isEqualTo(new StockLevel("LAST", 1, 0, 0));
        assertThat(events.all()).hasSize(2);
    }

    @Test
    void a_duplicate_release_changes_nothing() {
        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));
        stock.release(ORDER);
        stock.release(ORDER);

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 10, 0, 0));
    }

    @Test
    void an_order_cancelled_before_its_creation_reserves_nothing() {
        stock.release(ORDER);
        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 10, 0, 0));
        assertThat(events.all()).isEmpty();
        assertThat(view.reservation(ORDER).orElseThrow().status()).isEqualTo(Status.RELEASED);
    }

    @Test
    void shipping_is_idempotent_and_final() {
        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));
        stock.ship(ORDER);
        stock.ship(ORDER);
        stock.release(ORDER);

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 7, 0, 3));
    }

    @Test
    void shipping_after_the_release_changes_nothing() {
        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));
        stock.release(ORDER);
        stock.ship(ORDER);

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 10, 0, 0));
    }

    @Test
    void shipping_before_the_creation_fails_and_can_be_retried() {
        assertThatExceptionOfType(OrderNotSeenYetException.class).isThrownBy(() -> stock.ship(ORDER));

        stock.reserve(order(ORDER, new OrderLine("MUG", 3)));
        stock.ship(ORDER);

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 7, 0, 3));
    }

    @Test
    void one_of_a_hundred_concurrent_orders_gets_the_last_piece() throws Exception {
        inParallel(
                16,
                IntStream.range(0, 100)
                        .<Runnable>mapToObj(
                                i -> () -> stock.reserve(order(new OrderId("buyer-" + i), new OrderLine("LAST", 1))))
                        .toList());

        assertThat(level("LAST")).isEqualTo(new StockLevel("LAST", 0, 1, 0));
        assertThat(events.of(InventoryReserved.class)).hasSize(1);
        assertThat(events.of(InventoryRejected.class)).hasSize(99);
    }

    @Test
    void concurrent_duplicates_reserve_once() throws Exception {
        inParallel(8, Collections.nCopies(40, () -> stock.reserve(order(ORDER, new OrderLine("MUG", 3)))));

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 7, 3, 0));
        assertThat(events.all()).hasSize(1);
    }

    /** As two polls do, whose transactions reserve for many orders. */
    @Test
    @Timeout(30)
    void transactions_with_the_same_articles_in_opposite_order_do_not_deadlock() throws Exception {
        List<Runnable> polls = new ArrayList<>();
        for (int poll = 0; poll < 40; poll++) {
            String first = poll % 2 == 0 ? "MUG" : "BOOK";
            String second = poll % 2 == 0 ? "BOOK" : "MUG";
            int number = poll;
            polls.add(() -> transactions.executeWithoutResult(transaction -> {
                stock.reserve(order(new OrderId("a-" + number), new OrderLine(first, 1)));
                stock.reserve(order(new OrderId("b-" + number), new OrderLine(second, 1)));
                stock.release(new OrderId("b-" + number));
                stock.release(new OrderId("a-" + number));
            }));
        }

        inParallel(4, polls);

        assertThat(level("MUG")).isEqualTo(new StockLevel("MUG", 10, 0, 0));
        assertThat(level("BOOK")).isEqualTo(new StockLevel("BOOK", 5, 0, 0));
    }

    private StockLevel level(String sku) {
        return view.find(sku).orElseThrow();
    }

    private static ReservationRequest order(OrderId orderId, OrderLine... lines) {
        return new ReservationRequest(orderId, List.of(lines));
    }

    private static void inParallel(int threads, List<Runnable> tasks) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> results = new ArrayList<>();
            tasks.forEach(task -> results.add(pool.submit(task)));
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
