package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code ./orderflow down}: ends the stack of this folder, which was started in another terminal. */
public final class Down {

    private static final String USAGE = "usage: ./orderflow down [--port-offset N]\n";
    private static final int GRACE_SECONDS = 60;

    private Down() {}

    /** The port offset of {@code up} is accepted and not needed: the run file of the folder names the process. */
    static void check(String... arguments) {
        CommandLine.parse(USAGE, Set.of(), Set.of("port-offset"), arguments)
                .withoutWords()
                .portOffset();
    }

    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        try {
            check(arguments);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        RunFile runFile = RunFile.in(Path.of(".orderflow"));
        Optional<ProcessHandle> owner = runFile.owner();
        if (owner.isEmpty()) {
            runFile.release();
            System.out.println("No stack is running.");
            return;
        }
        ProcessHandle stack = owner.get();
        stack.destroy();
        try {
            stack.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
            System.out.println("The stack has ended.");
        } catch (TimeoutException e) {
            // its guard process ends the rest
            stack.destroyForcibly();
            stack.onExit().get();
            System.out.println("The stack did not end within " + GRACE_SECONDS + " s and was killed.");
        }
        runFile.release();
    }
}
