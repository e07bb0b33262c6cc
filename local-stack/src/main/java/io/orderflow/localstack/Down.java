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

    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        if (arguments.length > 0) {
            System.err.println("down takes no options: it ends the stack of this folder.");
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
