package io.orderflow.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What happens at a fail point. */
enum Action {
    /** The JVM ends as with {@code kill -9}, without shutdown hooks. */
    HALT {
        @Override
        void execute(String where) {
            Runtime.getRuntime().halt(HALTED);
        }
    },
    /** The process is suspended, as with {@code kill -STOP}, until it gets a {@code SIGCONT}. */
    FREEZE {
        @Override
        void execute(String where) {
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
    /** An {@link InjectedException} is thrown. */
    THROW {
        @Override
        void execute(String where) {
            throw new InjectedException("Thrown on purpose at " + where + ".");
        }
    };

    /** The exit code of a halted process. */
    static final int HALTED = 86;

    abstract void execute(String where);
}
