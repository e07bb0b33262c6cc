package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.StackException;
import io.orderflow.systemtests.chaos.checking.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code ./orderflow chaos}. Ends with 0 if all held (of a broken build: if not), with 1 otherwise, with 2 if it was asked
 * for nonsense.
 */
public final class Chaos {

    private static final Path FOLDER = Path.of(".orderflow", "chaos");
    private static final int LARGEST_DRAWN_SEED = 1_000_000;

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        // the mailbox's own threads end that way when a client of theirs is cut off, which is no news here
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, end) -> System.err.println("  " + thread.getName() + " ended: " + end));
        try {
            ChaosArguments asked =
                    ChaosArguments.parse(ThreadLocalRandom.current().nextInt(LARGEST_DRAWN_SEED), arguments);
            if (asked.help()) {
                System.out.print(ChaosArguments.USAGE);
                return;
            }
            System.exit(run(asked) ? 0 : 1);
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(ChaosArguments asked) throws Exception {
        List<String> failed = new ArrayList<>();
        for (long seed : asked.seeds()) {
            for (Broker broker : asked.brokers()) {
                Path folder = FOLDER.resolve(broker + "-" + seed).toAbsolutePath();
                Scenario scenario =
                        new Scenario(broker, seed, asked.orders(), asked.faults(), asked.build(), Path.of(""), folder);
                delete(folder);
                List<Verdict> verdicts = new ChaosRun(scenario, System.out).run();
                if (!asked.build().isJudgedRightly(verdicts)) {
                    failed.add(scenario.command());
                } else if (asked.keep()) {
                    System.out.println("Logs and data are in " + folder + ".");
                } else {
                    delete(folder);
                }
                System.out.println();
            }
        }
        if (!failed.isEmpty()) {
            System.out.println(
                    (asked.build().broken() == null ? "Something did not hold in:" : "Nobody noticed anything in:")
                            + "\n  " + String.join("\n  ", failed));
        }
        return failed.isEmpty();
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
