package io.orderflow.systemtests.faults;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stock as it is kept by those who have never had two buyers at once. */
final class BrokenStock {

    private static final String WRITE =
            "update stock set available = :available, reserved = :reserved, shipped = :shipped where sku = :sku";

    /** Between reading and writing, so that who else comes is a matter of course, and not of luck. */
    private static final int MILLIS_OF_THOUGHT = 20;

    /** What a thread has read last and not written yet. */
    private static final ThreadLocal<Map<Object, Object>> READ = ThreadLocal.withInitial(HashMap::new);

    private BrokenStock() {}

    /** Levels by sku, read without a lock. */
    static Object read(@Nullable Object stock, @Nullable Object[] arguments, @Nullable Object none) throws Exception {
        Map<Object, Object> levels = new HashMap<>();
        for (Object sku : (Collection<?>) arguments[0]) {
            ((Optional<?>) Breaking.ask(stock, "find", sku)).ifPresent(level -> levels.put(sku, level));
        }
        READ.set(new HashMap<>(levels));
        TimeUnit.MILLISECONDS.sleep(MILLIS_OF_THOUGHT);
        return levels;
    }

    /** Writes the levels that it has counted out. */
    static Object write(@Nullable Object stock, @Nullable Object[] arguments, @Nullable Object none) throws Exception {
        Object jdbc = Breaking.field(stock, "jdbc");
        for (Object line : (Collection<?>) arguments[0]) {
            Object sku = Breaking.ask(line, "sku");
            int quantity = (int) Breaking.ask(line, "quantity");
            Object before = READ.get().remove(sku);
            Object level = before != null ? before : ((Optional<?>) Breaking.ask(stock, "find", sku)).orElseThrow();
            Object statement = Breaking.ask(jdbc, "sql", WRITE);
            for (String part : new String[] {"available", "reserved", "shipped"}) {
                long counted = (long) Breaking.ask(level, part) + (int) Breaking.ask(arguments[1], part) * quantity;
                Breaking.ask(statement, "param", part, counted);
            }
            Breaking.ask(statement, "param", "sku", sku);
            Breaking.ask(statement, "update");
        }
        return true;
    }

    static Object isTombstone(@Nullable Object reservations, @Nullable Object[] arguments, @Nullable Object none)
            throws Exception {
        return ((Collection<?>) Breaking.ask(arguments[0], "lines")).isEmpty()
                && Breaking.ask(arguments[0], "status").toString().equals("RELEASED");
    }
}
