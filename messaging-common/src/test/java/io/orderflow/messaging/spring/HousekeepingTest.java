package io.orderflow.messaging.spring;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    @Test
    void goes_on_after_an_error() {
        AtomicInteger times = new AtomicInteger();
        Housekeeping cleanup = new Housekeeping(
                "cleanup",
                () -> {
                    if (times.incrementAndGet() == 1) {
                        throw new StackOverflowError("because this test says so");
                    }
                },
                Duration.ofSeconds(1));
        cleanup.afterSingletonsInstantiated();
        try {
            await().until(() -> times.get() > 1);
        } finally {
            cleanup.destroy();
        }
    }
}
