package io.orderflow.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurabilityTest {

    @ParameterizedTest
    @CsvSource({
        // WAITAOF known, appendfsync, replicas, asked to wait: own disk, replicas, by WAITAOF
        "true,  always,   0, true,  0, 0, false",
        "true,  always,   2, true,  0, 2, true",
        "true,  everysec, 0, true,  1, 0, true",
        "true,  everysec, 2, true,  1, 2, true",
        "true,  everysec, 0, false, 0, 0, false",
        "true,  everysec, 2, false, 0, 2, true",
        "false, everysec, 0, true,  0, 0, false",
        "false, always,   2, true,  0, 2, false",
        "true,  none,     0, true,  0, 0, false",
        "true,  none,     2, true,  0, 2, false",
    })
    void a_send_waits_for_what_the_server_can_promise(
            boolean hasWaitAof,
            String fsync,
            int replicas,
            boolean waitForFsync,
            int disks,
            int copies,
            boolean waitAof) {
        Durability durability =
                new Durability(new RedisMessagingProperties(Duration.ofSeconds(1), replicas, waitForFsync, true));
        assertThat(durability.choose(hasWaitAof, fsync, "noeviction"))
                .isEqualTo(new Acceptance(disks, copies, waitAof));
    }

    @Test
    void too_few_copies_are_a_failure() {
        Acceptance acceptance = new Acceptance(1, 2, true);
        acceptance.check(List.of(1L, 2L));
        assertThatThrownBy(() -> acceptance.check(List.of(1L, 1L)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("1 of 2 replicas");
        assertThatThrownBy(() -> acceptance.check(List.of(0L, 2L))).hasMessageContaining("not its own disk");
        assertThatThrownBy(() -> new Acceptance(0, 1, false).check(List.of(0L, 0L)))
                .hasMessageContaining("0 of 1 replicas");
    }
}
