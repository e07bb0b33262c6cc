package io.orderflow.systemtests.faults;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place with a name.
 *
 * @param places a pass through any of them is a pass
 * @param inside what the names of classes begin with of which one has to be among the callers; empty if anybody may call
 * @param counts whether a pass with this returned value is one; what a method without a value returns is null
 */
record FailPoint(String name, List<JoinPoint> places, List<String> inside, Predicate<@Nullable Object> counts) {

    static FailPoint at(String name, JoinPoint... places) {
        return new FailPoint(name, List.of(places), List.of(), any -> true);
    }

    FailPoint inside(String... callers) {
        return new FailPoint(name, places, List.of(callers), counts);
    }

    FailPoint when(Predicate<@Nullable Object> returned) {
        return new FailPoint(name, places, inside, returned);
    }

    boolean isPass(@Nullable Object returned) {
        return counts.test(returned) && (inside.isEmpty() || isCalledFromInside());
    }

    private boolean isCalledFromInside() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> inside.stream().anyMatch(frame.getClassName()::startsWith)));
    }
}
