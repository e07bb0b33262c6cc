package io.orderflow.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What happens to whoever passes a fail point. */
enum Action {
    /** The JVM ends as with {@code kill -9}: no shutdown hook, no finally. */
    HALT {
        @Override
        void happen(String where) {
            Runtime.getRuntime().halt(HALTED);
        }
    },
    /** The whole process stands still, as with {@code kill -STOP}, until somebody sends it a {@code CONT}. */
    FREEZE {
        @Override
        void happen(String where) {
            try {
                new ProcessBuilder(
                                "kill",
                                "-STOP",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    },
    /** An exception that nobody expects. */
    THROW {
        @Override
        void happen(String where) {
            throw new InjectedFault("Thrown on purpose at " + where + ".");
        }
    };

    /** How a process ends that was halted. */
    static final int HALTED = 86;

    abstract void happen(String where);
}
