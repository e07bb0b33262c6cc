package io.orderflow.order.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.TimelineEntry.Cause;
import io.orderflow.order.usecases.CancelUnansweredOrders;
import io.orderflow.order.usecases.UpdateOrder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DeadlinesTest extends DeadlineFixture {

    private static final String CANCELLED_EVENTS = "timeline where status = 'CANCELLED' and order_id = '%s'";

    @Autowired
    private CancelUnansweredOrders unanswered;

    @Autowired
    private UpdateOrder updateOrder;

    @Autowired
    private MeterRegistry meters;

    @BeforeEach
    void allEventsHaveBeenPublished() {
        addCheckpoint("30 min 1 s", "30 min 1 s");
    }

    @Test
    void anUnansweredOrderIsCancelledWithTheReason() {
        String id = place();
        age(id, "31 minutes");
        deadlines.check();

        assertThat(status(id)).isEqualTo("CANCELLED");
        assertThat(api.get("/orders/" + id).json().get("reason").stringValue())
                .contains("could not be confirmed in time");
        assertThat(rows(CANCELLED_EVENTS.formatted(id))).isEqualTo(1);
    }

    @Test
    void anOrderBeforeItsDeadlineIsNotCancelled() {
        String id = place();
        age(id, "29 minutes");
        deadlines.check();

        assertThat(status(id)).isEqualTo("PENDING");
    }

    @Test
    void eightInstancesCancelEachOrderOnce() {
        List<String> ids = Stream.generate(this::place).limit(20).toList();
        ids.forEach(id -> age(id, "31 minutes"));

        int cancelled = IntStream.range(0, 8)
                .mapToObj(instance -> CompletableFuture.supplyAsync(this::cancelUnanswered, DeadlinesTest::inNewThread))
                .toList()
                .stream()
                .mapToInt(CompletableFuture::join)
                .sum();

        assertThat(cancelled).isEqualTo(20);
        assertThat(ids).allSatisfy(id -> {
            assertThat(status(id)).isEqualTo("CANCELLED");
            assertThat(version(id)).isEqualTo(2);
        });
    }

    /** The answer and the deadline at the same time: only the first one changes the order. */
    @Test
    void anAnswerAtTheDeadlineEitherConfirmsOrIsTooLate() {
        List<String> ids = Stream.generate(this::place).limit(30).toList();
        ids.forEach(id -> age(id, "31 minutes"));

        CompletableFuture<Integer> deadline =
                CompletableFuture.supplyAsync(this::cancelUnanswered, DeadlinesTest::inNewThread);
        IntStream.range(0, ids.size())
                .mapToObj(i -> ids.get(ids.size() - 1 - i))
                .forEach(id -> updateOrder.apply(id, cause(), Order::reserved));
        int cancelled = deadline.join();

        assertThat(ids).allSatisfy(id -> {
            assertThat(status(id)).isIn("CONFIRMED", "CANCELLED");
            assertThat(version(id)).isEqualTo(2);
        });
        assertThat(ids.stream().filter(id -> status(id).equals("CANCELLED"))).hasSize(cancelled);
    }

    @Test
    void aConfirmedOrderIsCountedAndNotCancelled() {
        String id = place();
        updateOrder.apply(id, cause(), Order::reserved);
        deadlines.check();
        double before = overdue("CONFIRMED");
        age(id, "25 hours");
        deadlines.check();

        assertThat(status(id)).isEqualTo("CONFIRMED");
        assertThat(overdue("CONFIRMED")).isEqualTo(before + 1);

        updateOrder.apply(id, cause(), Order::withdrawn);
        deadlines.check();
        assertThat(overdue("CONFIRMED")).isEqualTo(before);
    }

    @Test
    void anUnansweredCancellationIsCountedAndRequestedAgainOnceADeadline() {
        String id = place();
        updateOrder.apply(id, cause(), Order::reserved);
        api.cancel(id);
        deadlines.check();
        double before = overdue("CANCELLING");
        age(id, "61 minutes");
        deadlines.check();
        deadlines.check();

        assertThat(status(id)).isEqualTo("CANCELLING");
        assertThat(overdue("CANCELLING")).isEqualTo(before + 1);
        assertThat(version(id))
                .as("placed, confirmed, requested, and requested again")
                .isEqualTo(4);

        age(id, "61 minutes");
        deadlines.check();
        assertThat(version(id)).isEqualTo(5);

        updateOrder.apply(id, cause(), Order::withdrawn);
        deadlines.check();
        assertThat(version(id)).isEqualTo(6);
    }

    @Test
    void aDeadlineOfZeroIsRejectedWithItsPropertyName() {
        Duration hour = Duration.ofHours(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadlineProperties(Duration.ZERO, hour, hour))
                .withMessageContaining("orders.deadlines.pending");
    }

    private int cancelUnanswered() {
        return unanswered.publishedFor(Duration.ofMinutes(30));
    }

    private long version(String id) {
        return jdbc.sql("select version from orders where id = ?")
                .param(UUID.fromString(id))
                .query(Long.class)
                .single();
    }

    private double overdue(String status) {
        return meters.get(OverdueOrders.METRIC).tag("status", status).gauge().value();
    }

    private static Cause cause() {
        return new Cause("test", UUID.randomUUID().toString());
    }

    private static void inNewThread(Runnable work) {
        new Thread(work).start();
    }
}
