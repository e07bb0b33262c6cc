package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.CommandLine;
import io.orderflow.localstack.StackException;
import java.util.Arrays;
import java.util.List;

/** What {@code ./orderflow chaos} is asked for. */
record ChaosArguments(
        List<Broker> brokers,
        List<Long> seeds,
        int orders,
        List<Fault> faults,
        Build build,
        boolean keep,
        boolean help) {

    static final int DEFAULT_ORDERS = 1_000;
    static final List<Long> MATRIX_SEEDS = List.of(1L, 2L, 3L);

    static final String USAGE = """
            usage: ./orderflow chaos [OPTION...]

            Starts the whole system with two instances of order- and inventory-service, lets clients order, breaks it at
            planned counts, waits until nothing moves any more, and checks from outside what has to hold then. Ends with 1
            if something does not, and keeps logs and data of that run.

              --broker kafka|rabbitmq|redis|all   kafka if not given
              --seed N                            who does what when: the same for the same seed; drawn if not given
              --orders N                          how many are asked for; %d if not given
              --faults LIST                       some of the faults, with commas between them, or none; all if not given
              --matrix                            all brokers with the seeds %s
              --broken NAME                       services that are broken on purpose: ends with 0 if something did not hold
              --keep                              keeps logs and data of all runs, until the same one is run again
              --help

            faults: %s
            broken: %s
            """.formatted(DEFAULT_ORDERS, MATRIX_SEEDS, Fault.all(), Build.names());

    /** @param drawn the seed if none is given */
    static ChaosArguments parse(long drawn, String... arguments) {
        try {
            return parse(drawn, new CommandLine(arguments));
        } catch (StackException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static ChaosArguments parse(long drawn, CommandLine line) {
        List<Broker> brokers = List.of(Broker.KAFKA);
        List<Long> seeds = List.of(drawn);
        int orders = DEFAULT_ORDERS;
        List<Fault> faults = Scenario.allFaults();
        Build build = Build.SOUND;
        boolean keep = false;
        boolean help = false;
        while (!line.isEmpty()) {
            String option = line.next();
            switch (option) {
                case "--broker" -> brokers = brokers(line.value(option));
                case "--seed" -> seeds = List.of(line.longNumber(option));
                case "--orders" -> orders = line.number(option);
                case "--faults" -> faults = faults(line.value(option));
                case "--matrix" -> {
                    brokers = Arrays.asList(Broker.values());
                    seeds = MATRIX_SEEDS;
                }
                case "--broken" -> build = Build.broken(line.value(option));
                case "--keep" -> keep = true;
                case "--help", "-h" -> help = true;
                default -> throw new UsageException("'" + option + "' is no option of chaos; --help tells them.");
            }
        }
        if (orders < 1) {
            throw new UsageException("--orders needs at least 1.");
        }
        return new ChaosArguments(brokers, seeds, orders, faults, build, keep, help);
    }

    private static List<Broker> brokers(String name) {
        return name.equals("all") ? Arrays.asList(Broker.values()) : List.of(Broker.named(name));
    }

    private static List<Fault> faults(String names) {
        return names.equals("none") ? List.of() : Fault.listed(names);
    }
}
