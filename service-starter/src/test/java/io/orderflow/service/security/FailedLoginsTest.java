package io.orderflow.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private static final String ADDRESS = "192.0.2.1";

    private Instant now = Instant.EPOCH;
    private final FailedLogins logins = new FailedLogins(() -> now);

    @Test
    void an_address_is_blocked_until_the_window_ends() {
        fail(ADDRESS, FailedLogins.MAX_FAILURES - 1);
        assertThat(blockedFor(ADDRESS)).isZero();

        now = now.plusSeconds(20);
        fail(ADDRESS, 1);
        assertThat(blockedFor(ADDRESS)).isEqualTo(Duration.ofSeconds(40));
        assertThat(blockedFor("192.0.2.2")).isZero();

        now = now.plusSeconds(40);
        assertThat(blockedFor(ADDRESS)).isZero();
        fail(ADDRESS, 1);
        assertThat(blockedFor(ADDRESS)).isZero();
    }

    @Test
    void addresses_of_one_network_are_one() {
        fail("2001:db8:0:1:0:0:0:1", FailedLogins.MAX_FAILURES);

        assertThat(blockedFor("2001:db8:0:1:0:0:0:2")).isPositive();
        assertThat(blockedFor("2001:db8:0:2:0:0:0:1")).isZero();
    }

    @Test
    void the_number_of_addresses_is_limited() {
        fail(ADDRESS, FailedLogins.MAX_FAILURES);
        IntStream.range(0, FailedLogins.MAX_ADDRESSES - 1).forEach(i -> fail("address " + i, 1));
        assertThat(blockedFor(ADDRESS)).isPositive();

        fail("another", 1);
        assertThat(blockedFor(ADDRESS)).isZero();
    }

    @Test
    void running_logins_count_until_they_succeed() {
        IntStream.range(0, FailedLogins.MAX_FAILURES)
                .forEach(i -> assertThat(logins.begin(ADDRESS)).isZero());
        assertThat(logins.begin(ADDRESS)).isEqualTo(Duration.ofSeconds(1));

        logins.end(ADDRESS, false);
        assertThat(logins.begin(ADDRESS)).isZero();
        logins.end(ADDRESS, true);
        assertThat(logins.begin(ADDRESS)).isEqualTo(FailedLogins.WINDOW);
    }

    @Test
    void an_address_with_running_logins_is_not_dropped() {
        IntStream.range(0, FailedLogins.MAX_FAILURES).forEach(i -> logins.begin(ADDRESS));
        IntStream.range(0, FailedLogins.MAX_ADDRESSES + 1).forEach(i -> fail("address " + i, 1));

        assertThat(logins.begin(ADDRESS)).isPositive();
    }

    private void fail(String address, int times) {
        IntStream.range(0, times).forEach(i -> {
            logins.begin(address);
            logins.end(address, true);
        });
    }

    private Duration blockedFor(String address) {
        Duration blocked = logins.begin(address);
        if (blocked.isZero()) {
            logins.end(address, false);
        }
        return blocked;
    }
}
