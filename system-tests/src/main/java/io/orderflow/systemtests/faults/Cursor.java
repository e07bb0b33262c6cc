package io.orderflow.systemtests.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** "Where id is greater than the last one": a relay that never looks back. */
final class Cursor implements Replacement.Behaviour {

    private final Map<Object, Long> lastOfRelay = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public @Nullable Object of(@Nullable Object self, @Nullable Object[] arguments, @Nullable Object returned)
            throws Exception {
        long last = lastOfRelay.getOrDefault(self, 0L);
        List<Object> newer = new ArrayList<>();
        for (Object row : (List<?>) returned) {
            long id = (long) Breaking.ask(row, "id");
            if (id > last) {
                newer.add(row);
                lastOfRelay.merge(self, id, Math::max);
            }
        }
        return newer;
    }
}
