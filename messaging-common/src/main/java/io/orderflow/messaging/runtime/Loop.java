package io.orderflow.messaging.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Work that goes on until it is told to stop, and says how it is. */
interface Loop extends Runnable {

    /** When it last looked for work, or had done some; null before the first time. */
    @Nullable
    Instant lastSign();

    /** What went wrong last, while it lasts. */
    @Nullable
    String problem();
}
