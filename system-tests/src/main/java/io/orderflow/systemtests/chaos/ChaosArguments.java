package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.CommandLine;
import io.orderflow.systemtests.faults.AgentJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The arguments of {@code ./orderflow chaos}.
 *
 * @param keep whether logs and data are kept after a successful run
 */
record ChaosArguments(List<Scenario> scenarios, boolean keep, boolean help) {

    static final int DEFAULT_ORDERS = 1_000;
    static final List<Long> MATRIX_SEEDS = List.of(1L, 2L, 3L);

    static final String USAGE =
            """
            usage: ./orderflow chaos [OPTION...]

            Starts the whole system with two instances of order- and inventory-service, places orders, injects faults at
            planned counts, waits until nothing changes, and checks the invariants from outside. Ends with 1 if one does not
            hold, and keeps logs and data of that run.

              --broker NAME                       kafka, rabbitmq, redis, sqs or all; kafka by default
              --seed N                            the plan of the run is the same for the same seed; random by default
              --orders N                          the number of orders; %d by default
              --faults LIST                       some of the faults, separated by commas, or none; all by default
              --matrix                            all brokers with the seeds %s
              --broken NAME                       breaks the services' code; ends with 0 if an invariant detects it
              --keep                              keeps logs and data of successful runs, too
              --help

            faults: %s
            broken: %s
            """.formatted(DEFAULT_ORDERS, MATRIX_SEEDS, Fault.all(), String.join(", ", AgentJar.breakages()));

    private static final Set<String> FLAGS = Set.of("matrix", "keep", "help");
    private static final Set<String> VALUED = Set.of("broker", "seed", "orders", "faults", "broken");

    /**
     * Reads the arguments.
     *
     * @param randomSeed the seed if none is given
     * @param folder the parent of the runs' folders
     */
    static ChaosArguments parse(long randomSeed, Path folder, String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, FLAGS, VALUED, arguments).withoutWords();
        boolean matrix = line.has("matrix");
        String broker = matrix ? "all" : line.value("broker", "kafka");
        List<Broker> brokers = broker.equals("all") ? List.of(Broker.values()) : List.of(Broker.named(broker));
        List<Long> seeds = matrix ? MATRIX_SEEDS : List.of(line.number("seed", randomSeed));
        int orders = Math.toIntExact(line.number("orders", DEFAULT_ORDERS));
        if (orders < 1) {
            throw line.error("--orders needs at least 1.");
        }
        String breakage = line.has("broken") ? line.value("broken", "") : null;
        if (breakage != null && !AgentJar.breakages().contains(breakage)) {
            throw line.error("There is no breakage '" + breakage + "'.");
        }
        List<Fault> faults = line.has("faults") ? Fault.listed(line.value("faults", "")) : Scenario.ALL_FAULTS;
        List<Scenario> scenarios = new ArrayList<>();
        for (long seed : seeds) {
            for (Broker each : brokers) {
                Path run = folder.resolve(each + "-" + seed).toAbsolutePath();
                scenarios.add(new Scenario(each, seed, orders, faults, breakage, Path.of(""), run));
            }
        }
        return new ChaosArguments(scenarios, line.has("keep"), line.has("help"));
    }
}
