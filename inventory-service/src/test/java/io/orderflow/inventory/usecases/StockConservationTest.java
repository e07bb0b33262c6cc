package io.orderflow.inventory.usecases;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.events.OrderId;
import io.orderflow.inventory.TestAdapters;
import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.domain.Reservation.Status;
import io.orderflow.inventory.domain.ReservationRequest;
import io.orderflow.inventory.domain.StockLevel;
import io.orderflow.messaging.testkit.service.UseCaseTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Available, reserved and shipped stock add up to the received stock, whatever events arrive in whatever order. */
@UseCaseTest
@Import(TestAdapters.class)
class StockConservationTest {

    private static final Map<String, Long> START = Map.of("A", 40L, "B", 25L, "C", 10L, "D", 1L);
    private static final int ORDERS = 30;
    private static final int STEPS = 150;

    @Autowired
    ReserveStock stock;

    @Autowired
    ViewStock view;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20261121})
    void stock_is_conserved_under_random_events_from_three_instances(long seed) {
        jdbc.sql("truncate stock, reservation, reservation_line").update();
        START.forEach((sku, quantity) -> jdbc.sql("insert into stock (sku, received, available) values (?, ?, ?)")
                .params(sku, quantity, quantity)
                .update());

        CompletableFuture.allOf(IntStream.range(0, 3)
                        .mapToObj(instance -> CompletableFuture.runAsync(
                                () -> work(new Random(seed * 31 + instance)), thread -> new Thread(thread).start()))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(view.list(null, 10)).hasSize(START.size()).allSatisfy(level -> {
            assertThat(level.available()).isNotNegative();
            assertThat(level.available() + level.reserved() + level.shipped()).isEqualTo(START.get(level.sku()));
            assertThat(level.reserved()).isEqualTo(pieces(level.sku(), Status.RESERVED));
            assertThat(level.shipped()).isEqualTo(pieces(level.sku(), Status.SHIPPED));
        });
        assertThat(total(StockLevel::shipped)).isPositive();
    }

    private void work(Random random) {
        for (int step = 0; step < STEPS; step++) {
            int number = random.nextInt(ORDERS);
            OrderId orderId = new OrderId("order-" + number);
            switch (random.nextInt(4)) {
                case 0, 1 -> stock.reserve(order(orderId, number));
                case 2 -> stock.release(orderId);
                default -> shipIfSeen(orderId);
            }
        }
    }

    private void shipIfSeen(OrderId orderId) {
        try {
            stock.ship(orderId);
        } catch (OrderNotSeenYetException e) {
            // the event would be retried
        }
    }

    /** Duplicates of an order are equal. */
    private static ReservationRequest order(OrderId orderId, int number) {
        Random random = new Random(number);
        return new ReservationRequest(
                orderId,
                Stream.of("A", "B", "C", "D")
                        .filter(sku -> sku.equals("A") || random.nextBoolean())
                        .map(sku -> new OrderLine(sku, 1 + random.nextInt(4)))
                        .toList());
    }

    private long pieces(String sku, Status status) {
        return IntStream.range(0, ORDERS)
                .mapToObj(i -> view.reservation(new OrderId("order-" + i)).orElse(null))
                .filter(Objects::nonNull)
                .filter(reservation -> reservation.status() == status)
                .map(Reservation::lines)
                .flatMap(List::stream)
                .filter(line -> line.sku().equals(sku))
                .mapToLong(OrderLine::quantity)
                .sum();
    }

    private long total(ToLongFunction<StockLevel> part) {
        return view.list(null, 10).stream().mapToLong(part).sum();
    }
}
