package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ScheduledCleanupTest {

    @Test
    void goes_on_after_errors_and_tells_of_a_row_of_them_when_it_begins_and_when_it_is_over(CapturedOutput output) {
        AtomicInteger times = new AtomicInteger();
        ScheduledCleanup cleanup = new ScheduledCleanup(
                "cleanup",
                () -> {
                    if (times.incrementAndGet() <= 2) {
                        throw new StackOverflowError("because this test says so");
                    }
                },
                Duration.ofSeconds(1));
        cleanup.afterSingletonsInstantiated();
        try {
            await().untilAsserted(() -> assertThat(output).contains("cleanup works again, after 2 failure(s)."));
            assertThat(output).containsOnlyOnce("cleanup failed, which is tried again every 1 s");
        } finally {
            cleanup.destroy();
        }
    }
}
