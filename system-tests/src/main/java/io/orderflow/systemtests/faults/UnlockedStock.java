package io.orderflow.systemtests.faults;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stock without locks: read, changed in memory and written back. */
final class UnlockedStock {

    private static final String WRITE =
            "update stock set available = :available, reserved = :reserved, shipped = :shipped where sku = :sku";

    /** The pause between reading and writing, so that concurrent changes overlap. */
    private static final int PAUSE_MILLIS = 20;

    /** The levels that a thread has read and not written yet. */
    private static final ThreadLocal<Map<Object, Object>> READ = ThreadLocal.withInitial(HashMap::new);

    private UnlockedStock() {}

    /** The levels by sku, read without a lock. */
    static Object read(@Nullable Object stock, @Nullable Object[] arguments, @Nullable Object none) throws Exception {
        Map<Object, Object> levels = new HashMap<>();
        for (Object sku : (Collection<?>) arguments[0]) {
            ((Optional<?>) Reflection.call(stock, "find", sku)).ifPresent(level -> levels.put(sku, level));
        }
        READ.set(new HashMap<>(levels));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        return levels;
    }

    /** Writes the changed levels. */
    static Object write(@Nullable Object stock, @Nullable Object[] arguments, @Nullable Object none) throws Exception {
        Object jdbc = Reflection.field(stock, "jdbc");
        for (Object line : (Collection<?>) arguments[0]) {
            Object sku = Reflection.call(line, "sku");
            int quantity = (int) Reflection.call(line, "quantity");
            Object before = READ.get().remove(sku);
            Object level = before != null ? before : ((Optional<?>) Reflection.call(stock, "find", sku)).orElseThrow();
            Object statement = Reflection.call(jdbc, "sql", WRITE);
            for (String part : new String[] {"available", "reserved", "shipped"}) {
                long counted =
                        (long) Reflection.call(level, part) + (int) Reflection.call(arguments[1], part) * quantity;
                Reflection.call(statement, "param", part, counted);
            }
            Reflection.call(statement, "param", "sku", sku);
            Reflection.call(statement, "update");
        }
        return true;
    }

    static Object isTombstone(@Nullable Object reservations, @Nullable Object[] arguments, @Nullable Object none)
            throws Exception {
        return ((Collection<?>) Reflection.call(arguments[0], "lines")).isEmpty()
                && Reflection.call(arguments[0], "status").toString().equals("RELEASED");
    }
}
