package io.orderflow.systemtests.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** A relay that reads only rows with a higher id than the last one. */
final class RelayByCursor implements Replacement.Behaviour {

    private final Map<Object, Long> lastOfRelay = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public @Nullable Object call(@Nullable Object self, @Nullable Object[] arguments, @Nullable Object returned)
            throws Exception {
        long last = lastOfRelay.getOrDefault(self, 0L);
        List<Object> newer = new ArrayList<>();
        for (Object row : (List<?>) returned) {
            long id = (long) Reflection.call(row, "id");
            if (id > last) {
                newer.add(row);
                lastOfRelay.merge(self, id, Math::max);
            }
        }
        return newer;
    }
}
