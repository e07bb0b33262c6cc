package io.orderflow.systemtests.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Called by the code that the agent puts into classes, and public only for that. */
public final class Hooks {

    private static final Map<String, List<ArmedPoint>> ARMED = new ConcurrentHashMap<>();

    private static final Map<String, Replacement.Behaviour> BEHAVIOURS = new ConcurrentHashMap<>();

    private Hooks() {}

    static void arm(ArmedPoint armed) {
        ARMED.computeIfAbsent(armed.point().name(), name -> new CopyOnWriteArrayList<>())
                .add(armed);
    }

    static void replace(Replacement replacement) {
        BEHAVIOURS.put(replacement.key(), replacement.behaviour());
    }

    /** The fail point of that name is passed. */
    public static void pass(String name, @Nullable Object returned) {
        ARMED.getOrDefault(name, List.of()).forEach(armed -> armed.pass(returned));
    }

    /** Calls the replacement with that key. */
    public static @Nullable Object call(
            String key, @Nullable Object self, @Nullable Object[] arguments, @Nullable Object returned)
            throws Exception {
        return BEHAVIOURS.get(key).call(self, arguments, returned);
    }

    /** Whether the replacement with that key skips the method. */
    public static boolean isSkipped(String key, @Nullable Object self, @Nullable Object[] arguments) throws Exception {
        return Boolean.TRUE.equals(call(key, self, arguments, null));
    }
}
