package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionSystemException;

class CausesTest {

    private final SQLException innermost = new SQLException("innermost");
    private final IOException middle = new IOException("middle", innermost);
    private final IllegalStateException outermost = new IllegalStateException("outermost", middle);

    @Test
    void they_are_listed_from_the_outside_in() {
        assertThat(Causes.of(outermost)).containsExactly(outermost, middle, innermost);
        assertThat(Causes.root(outermost)).isSameAs(innermost);
    }

    @Test
    void a_failure_without_a_cause_is_its_own_root() {
        assertThat(Causes.of(innermost)).containsExactly(innermost);
        assertThat(Causes.root(innermost)).isSameAs(innermost);
    }

    @Test
    void a_circle_of_causes_is_walked_once() {
        innermost.initCause(outermost);
        assertThat(Causes.of(outermost)).containsExactly(outermost, middle, innermost);
    }

    @Test
    void equal_exceptions_are_not_the_same_cause() {
        Equal inner = new Equal(null);
        Equal outer = new Equal(inner);
        assertThat(Causes.of(outer)).hasSize(2);
    }

    @Test
    void the_reason_for_a_failed_rollback_comes_after_its_causes() {
        SQLException closed = new SQLException("closed", "08003");
        TransactionSystemException rollback = new TransactionSystemException("rollback failed", closed);
        rollback.initApplicationException(middle);
        assertThat(Causes.of(rollback)).containsExactly(rollback, closed, middle, innermost);
    }

    @Test
    void any_finds_a_cause_at_every_depth() {
        assertThat(Causes.any(outermost, IllegalStateException.class::isInstance))
                .isTrue();
        assertThat(Causes.any(outermost, SQLException.class::isInstance)).isTrue();
        assertThat(Causes.any(outermost, InterruptedException.class::isInstance))
                .isFalse();
    }

    private static final class Equal extends Exception {

        Equal(Exception cause) {
            super(cause);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Equal;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
