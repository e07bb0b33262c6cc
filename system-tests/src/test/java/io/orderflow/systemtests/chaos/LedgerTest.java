package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.Purchase.Kind;
import io.orderflow.systemtests.chaos.checking.Observations.Request;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();
    private final Purchase purchase = new Purchase(1, Kind.REPEATED, "{}", 2);

    @Test
    void a_request_without_an_answer_stays_open() {
        ledger.asked(purchase);

        assertThat(ledger.requests()).containsExactly(new Request("buyer-1", true, false, Set.of()));
    }

    @Test
    void the_same_answer_again_is_no_news_and_another_one_is_kept_beside_it() {
        ledger.asked(purchase);

        assertThat(ledger.accepted(purchase, "a")).isTrue();
        assertThat(ledger.accepted(purchase, "a")).isFalse();
        assertThat(ledger.accepted(purchase, "b")).isTrue();

        assertThat(ledger.requests()).containsExactly(new Request("buyer-1", true, true, Set.of("a", "b")));
    }

    @Test
    void what_a_client_wants_cancelled_is_known_whatever_the_answer_is() {
        ledger.asked(purchase);
        ledger.accepted(purchase, "a");
        assertThat(ledger.cancelled()).isEmpty();

        ledger.cancelled("a");

        assertThat(ledger.cancelled()).containsExactly("a");
    }

    @Test
    void a_refusal_is_an_answer() {
        Purchase nonsense = new Purchase(2, Kind.INVALID, "{", 0);
        ledger.asked(nonsense);
        ledger.refused(nonsense);

        assertThat(ledger.requests()).containsExactly(new Request("buyer-2", false, true, Set.of()));
    }
}
