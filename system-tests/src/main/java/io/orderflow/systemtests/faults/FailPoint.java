package io.orderflow.systemtests.faults;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A named place in the code.
 *
 * @param places the methods whose beginning or end is a pass
 * @param inside prefixes of class names, one of which has to be among the callers; empty for any caller
 * @param counts whether a returned value, null for none, makes it a pass
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
