package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.shop.PassingMiddleware;
import org.junit.jupiter.api.Test;

class FailurePlaceTest {

    private static final StackTraceElement PLATFORM = frame("java.util.Objects", 10);
    private static final StackTraceElement PROXY = frame("com.shop.Stock$$SpringCGLIB$$0", -1);
    private static final StackTraceElement LIBRARY = frame("io.orderflow.messaging.policy.Retrying", 20);
    private static final StackTraceElement STOCK = frame("com.shop.Stock", 30);
    private static final StackTraceElement ORDERS = frame("com.shop.Orders", -1);

    @Test
    void it_is_the_topmost_frame_of_the_application() {
        assertThat(FailurePlace.of(failure(null, PLATFORM, PROXY, LIBRARY, STOCK, ORDERS)))
                .isEqualTo("com.shop.Stock#reserve:30");
    }

    @Test
    void the_root_cause_comes_first() {
        assertThat(FailurePlace.of(failure(failure(null, PLATFORM, STOCK), ORDERS)))
                .isEqualTo("com.shop.Stock#reserve:30");
    }

    @Test
    void a_root_cause_without_such_a_frame_is_placed_by_what_it_caused() {
        assertThat(FailurePlace.of(failure(failure(null, PLATFORM), LIBRARY, ORDERS)))
                .isEqualTo("com.shop.Orders#reserve");
    }

    @Test
    void without_a_frame_of_the_application_it_is_the_topmost_frame() {
        assertThat(FailurePlace.of(failure(null, PLATFORM, LIBRARY))).isEqualTo("java.util.Objects#reserve:10");
        assertThat(FailurePlace.of(failure(null))).isEqualTo("unknown");
    }

    /** A message that cannot be decoded passes middlewares of the application, but none of them failed. */
    @Test
    void a_middleware_is_not_the_place() {
        StackTraceElement middleware = frame(PassingMiddleware.class.getName(), 22);
        assertThat(FailurePlace.of(failure(null, LIBRARY, middleware)))
                .isEqualTo(LIBRARY.getClassName() + "#reserve:20");
        assertThat(FailurePlace.of(failure(null, LIBRARY, STOCK, middleware))).isEqualTo("com.shop.Stock#reserve:30");
    }

    private static Exception failure(Exception cause, StackTraceElement... frames) {
        Exception failure = new Exception("failed", cause);
        failure.setStackTrace(frames);
        return failure;
    }

    private static StackTraceElement frame(String type, int line) {
        return new StackTraceElement(type, "reserve", "File.java", line);
    }
}
