package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.StackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.util.FileSystemUtils;

/**
 * {@code ./orderflow chaos}. Ends with 0 if all invariants held (with a breakage: if one did not), with 1 otherwise, and
 * with 2 if the arguments are invalid.
 */
public final class Chaos {

    private static final Path FOLDER = Path.of(".orderflow", "chaos");
    private static final int MAX_RANDOM_SEED = 1_000_000;

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        // threads of the mail server end with an exception when a client's connection is reset
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, end) -> System.err.println("  " + thread.getName() + " ended: " + end));
        ChaosArguments parsed = null;
        try {
            parsed = ChaosArguments.parse(ThreadLocalRandom.current().nextInt(MAX_RANDOM_SEED), FOLDER, arguments);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        if (parsed.help()) {
            System.out.print(ChaosArguments.USAGE);
            return;
        }
        try {
            System.exit(run(parsed) ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(ChaosArguments arguments) throws Exception {
        List<String> failed = new ArrayList<>();
        for (Scenario scenario : arguments.scenarios()) {
            FileSystemUtils.deleteRecursively(scenario.folder());
            if (!scenario.hasExpected(new ChaosRun(scenario, System.out).run())) {
                failed.add(scenario.command());
            } else if (arguments.keep()) {
                System.out.println("Logs and data are in " + scenario.folder() + ".");
            } else {
                FileSystemUtils.deleteRecursively(scenario.folder());
            }
            System.out.println();
        }
        if (!failed.isEmpty()) {
            System.out.println("Failed:\n  " + String.join("\n  ", failed));
        }
        return failed.isEmpty();
    }
}
