package io.orderflow.order.domain;

import static io.orderflow.order.domain.OrderStatus.CANCELLED;
import static io.orderflow.order.domain.OrderStatus.CANCELLING;
import static io.orderflow.order.domain.OrderStatus.CONFIRMED;
import static io.orderflow.order.domain.OrderStatus.PENDING;
import static io.orderflow.order.domain.OrderStatus.REJECTED;
import static io.orderflow.order.domain.OrderStatus.SHIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    private static final Instant PLACED = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant LATER = PLACED.plusSeconds(60);
    private static final long VERSION = 2;
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final String CUSTOMER = "ada";
    private static final List<OrderLine> LINES = List.of(
            new OrderLine("BOOK-EIP", 2, new BigDecimal("49.90")),
            new OrderLine("MUG-RABBIT", 1, new BigDecimal("12.50")));

    private static final Map<String, Function<Order, Change>> TRANSITIONS = Map.of(
            "reserved", order -> order.reserved(LATER),
            "rejected", order -> order.rejected("out of stock", List.of("MUG-RABBIT"), LATER),
            "dispatched", order -> order.dispatched(new Parcel("ACME", "T-1"), LATER),
            "withdrawn", order -> order.withdrawn(LATER),
            "cancelled", order -> order.cancel(LATER),
            "unanswered", order -> order.unanswered(LATER),
            "cancellation unanswered", order -> order.cancellationUnanswered(LATER));

    /** They publish an event although the order stays CANCELLING. */
    private static final Set<String> REPEATS = Set.of("cancelled", "cancellation unanswered");

    /** The status machine; all other combinations change nothing. */
    static Stream<Arguments> transitions() {
        return Stream.of(
                arguments(PENDING, "reserved", CONFIRMED, OrderConfirmed.class),
                arguments(PENDING, "rejected", REJECTED, OrderRejected.class),
                arguments(PENDING, "cancelled", CANCELLED, OrderCancelled.class),
                arguments(PENDING, "unanswered", CANCELLED, OrderCancelled.class),
                arguments(CONFIRMED, "dispatched", SHIPPED, OrderShipped.class),
                arguments(CONFIRMED, "withdrawn", CANCELLED, OrderCancelled.class),
                arguments(CONFIRMED, "cancelled", CANCELLING, OrderCancellationRequested.class),
                arguments(CANCELLING, "dispatched", SHIPPED, OrderShipped.class),
                arguments(CANCELLING, "withdrawn", CANCELLED, OrderCancelled.class));
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @MethodSource("transitions")
    void aTransitionChangesTheStatusAndPublishesAnEvent(
            OrderStatus from, String what, OrderStatus to, Class<? extends Record> event) {
        Change change = TRANSITIONS.get(what).apply(order(from));

        assertThat(change.order().status()).isEqualTo(to);
        assertThat(change.order().changedAt()).isEqualTo(LATER);
        assertThat(change.order().version()).isEqualTo(VERSION + 1);
        assertThat(change.event()).isInstanceOf(event);
    }

    static Stream<Arguments> otherCombinations() {
        List<List<Object>> known = transitions()
                .map(transition -> List.of(transition.get()[0], transition.get()[1]))
                .toList();
        return Stream.of(OrderStatus.values())
                .flatMap(from -> TRANSITIONS.keySet().stream().map(what -> List.<Object>of(from, what)))
                .filter(pair -> !known.contains(pair))
                .filter(pair ->
                        !pair.equals(List.of(SHIPPED, "cancelled")) && !pair.equals(List.of(REJECTED, "cancelled")))
                .filter(pair -> pair.get(0) != CANCELLING || !REPEATS.contains((String) pair.get(1)))
                .map(pair -> arguments(pair.toArray()));
    }

    @ParameterizedTest(name = "{0} and {1}: nothing")
    @MethodSource("otherCombinations")
    void aLateOrRepeatedTransitionChangesNothing(OrderStatus from, String what) {
        Order order = order(from);
        Change change = TRANSITIONS.get(what).apply(order);

        assertThat(change.order()).isSameAs(order);
        assertThat(change.event()).isNull();
        assertThat(change.happened()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "cancellation unanswered"})
    void aRepeatedCancellationRequestDoesNotResetTheDeadline(String what) {
        Change change = TRANSITIONS.get(what).apply(order(CANCELLING));

        assertThat(change.order().status()).isEqualTo(CANCELLING);
        assertThat(change.order().changedAt()).isEqualTo(PLACED);
        assertThat(change.order().version()).isEqualTo(VERSION + 1);
        assertThat(change.event()).isEqualTo(new OrderCancellationRequested(ID.toString(), LATER));
    }

    @ParameterizedTest
    @EnumSource(names = {"SHIPPED", "REJECTED"})
    void aShippedOrRejectedOrderCannotBeCancelled(OrderStatus status) {
        assertThatThrownBy(() -> order(status).cancel(LATER))
                .isInstanceOf(NotCancellableException.class)
                .hasMessageContaining(ID.toString())
                .hasMessageContaining(status.toString());
    }

    /** The order was placed by an instance whose clock is ahead. */
    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("transitions")
    void aClockThatIsBehindDoesNotDecreaseTheTime(OrderStatus from, String what) {
        Order placedAhead = new Order(
                ID, VERSION, CUSTOMER, Priority.STANDARD, LINES, from, null, null, LATER, LATER.plusSeconds(2));

        Change change = TRANSITIONS.get(what).apply(placedAhead);

        assertThat(change.order().changedAt()).isEqualTo(LATER.plusSeconds(2));
        assertThat(String.valueOf(change.event())).contains("2026-11-21T08:01:02Z");
    }

    @Test
    void aRejectionContainsTheMissingProductsAndTheirQuantities() {
        Change rejected = order(PENDING).rejected("out of stock", List.of("BOOK-EIP", "NOT-ORDERED"), LATER);

        assertThat(rejected.order().reason()).isEqualTo("out of stock: 2 x BOOK-EIP");
        assertThat(rejected.event())
                .isEqualTo(new OrderRejected(
                        ID.toString(), "ada", "out of stock", List.of(new OrderItem("BOOK-EIP", 2)), LATER));
        assertThat(order(PENDING).rejected("closed", List.of(), LATER).order().reason())
                .isEqualTo("closed");
    }

    @Test
    void aConfirmationContainsTotalAndCurrency() {
        assertThat((OrderConfirmed) order(PENDING).reserved(LATER).event())
                .extracting(OrderConfirmed::total, OrderConfirmed::currency)
                .containsExactly(new BigDecimal("112.30"), "EUR");
    }

    @Test
    void theFirstEventContainsTheWholeOrder() {
        Change placed = Order.place(ID, CUSTOMER, Priority.EXPRESS, LINES, PLACED);

        assertThat(placed.order().status()).isEqualTo(PENDING);
        assertThat(placed.order().version()).isEqualTo(1);
        assertThat(placed.event())
                .isEqualTo(new OrderCreated(
                        ID.toString(),
                        "ada",
                        "express",
                        List.of(new OrderItem("BOOK-EIP", 2), new OrderItem("MUG-RABBIT", 1)),
                        new BigDecimal("112.30"),
                        PLACED));
    }

    @Test
    void theContactEventContainsTheAddressAndDoesNotPrintIt() {
        Customer customer = new Customer("ada", "ada@example.org");

        assertThat(customer.contactFor(ID, "PO 7", PLACED))
                .isEqualTo(new OrderContactProvided(ID.toString(), "ada@example.org", PLACED, "PO 7"));
        assertThat(customer + " " + customer.contactFor(ID, "PO 7", PLACED)).doesNotContain("@", "PO 7");
        assertThatThrownBy(() -> new Customer("ada", "a..b@x.org")).isInstanceOf(InvalidOrderException.class);
    }

    @Test
    void anOrderHasOneToAHundredLinesOfDifferentProducts() {
        assertThatThrownBy(() -> place(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place(lines(101))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place(List.of(LINES.get(0), LINES.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(place(lines(100)).order().lines()).hasSize(100);
    }

    @Test
    void aLineHasAQuantityOfOneToTenThousand() {
        assertThatThrownBy(() -> new OrderLine("X", 0, BigDecimal.ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderLine("X", 10_001, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new OrderLine("X", 10_000, new BigDecimal("0.10")).amount()).isEqualByComparingTo("1000");
    }

    private static Change place(List<OrderLine> lines) {
        return Order.place(ID, CUSTOMER, Priority.STANDARD, lines, PLACED);
    }

    private static List<OrderLine> lines(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new OrderLine("SKU-" + i, 1, BigDecimal.ONE))
                .toList();
    }

    private static Order order(OrderStatus status) {
        return new Order(ID, VERSION, CUSTOMER, Priority.STANDARD, LINES, status, null, null, PLACED, PLACED);
    }
}
