package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.Purchase.Kind;
import io.orderflow.systemtests.chaos.checking.Observations.Request;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final RequestLog requests = new RequestLog();
    private final Purchase purchase = new Purchase(1, Kind.REPEATED, "{}", 2);

    @Test
    void a_request_without_an_answer_stays_open() {
        requests.sent(purchase);

        assertThat(requests.requests()).containsExactly(new Request("buyer-1", true, false, Set.of()));
    }

    @Test
    void a_repeated_answer_is_recorded_once_and_a_different_one_is_added() {
        requests.sent(purchase);

        assertThat(requests.accepted(purchase, "a")).isTrue();
        assertThat(requests.accepted(purchase, "a")).isFalse();
        assertThat(requests.accepted(purchase, "b")).isTrue();

        assertThat(requests.requests()).containsExactly(new Request("buyer-1", true, true, Set.of("a", "b")));
    }

    @Test
    void a_cancellation_is_recorded_whatever_the_answer_is() {
        requests.sent(purchase);
        requests.accepted(purchase, "a");
        assertThat(requests.cancelled()).isEmpty();

        requests.cancelled("a");

        assertThat(requests.cancelled()).containsExactly("a");
    }

    @Test
    void a_refusal_is_an_answer() {
        Purchase invalid = new Purchase(2, Kind.INVALID, "{", 0);
        requests.sent(invalid);
        requests.refused(invalid);

        assertThat(requests.requests()).containsExactly(new Request("buyer-2", false, true, Set.of()));
    }
}
