package io.orderflow.systemtests.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the code that was put into the classes calls. Public for that alone. */
public final class Passing {

    private static final Map<String, List<ArmedPoint>> ARMED = new ConcurrentHashMap<>();

    private Passing() {}

    static void arm(ArmedPoint armed) {
        ARMED.computeIfAbsent(armed.point().name(), name -> new CopyOnWriteArrayList<>())
                .add(armed);
    }

    /** Somebody passes the fail point of that name. */
    public static void through(String name, @Nullable Object returned) {
        ARMED.getOrDefault(name, List.of()).forEach(armed -> armed.pass(returned));
    }
}
