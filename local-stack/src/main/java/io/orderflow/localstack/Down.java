package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code ./orderflow down}: ends a stack that runs in another terminal. */
public final class Down {

    private static final int GRACE_SECONDS = 60;

    private Down() {}

    /** The port offset of {@code up} is accepted and not needed: a folder has one stack, and its run file names the process. */
    static void check(String... arguments) {
        CommandLine line = new CommandLine(arguments);
        while (!line.isEmpty()) {
            String option = line.next();
            if (!option.equals("--port-offset")) {
                throw new StackException("'" + option + "' is no option of down: there is --port-offset <n>."
                        + " It ends the stack of this folder.");
            }
            line.number(option);
        }
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
            System.out.println("No stack runs.");
            return;
        }
        ProcessHandle stack = owner.get();
        stack.destroy();
        try {
            stack.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
            System.out.println("The stack has ended.");
        } catch (TimeoutException e) {
            // its guard ends the rest
            stack.destroyForcibly();
            stack.onExit().get();
            System.out.println("The stack did not end in " + GRACE_SECONDS + " s and was killed.");
        }
        runFile.release();
    }
}
