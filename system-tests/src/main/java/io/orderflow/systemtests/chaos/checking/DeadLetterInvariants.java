package io.orderflow.systemtests.chaos.checking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.orderflow.systemtests.chaos.checking.Observations.Collected;
import io.orderflow.systemtests.chaos.checking.Observations.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Each group dead-letters the poison messages that it received, and nothing else. */
final class DeadLetterInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("every poison message is dead-lettered unchanged", DeadLetterInvariants::missing),
            new Invariant("only poison messages are dead-lettered", DeadLetterInvariants::unexpected),
            new Invariant(
                    "each dead letter is stored once, and redriven as often as requested",
                    DeadLetterInvariants::stored));

    private DeadLetterInvariants() {}

    private static List<String> missing(Observations seen) {
        Set<DeadLetter> there = Set.copyOf(seen.deadLetters());
        return expected(seen).stream()
                .filter(letter -> !there.contains(letter))
                .map(letter -> letter.token() + " is not on " + letter.topic())
                .toList();
    }

    private static List<String> unexpected(Observations seen) {
        Set<DeadLetter> expected = Set.copyOf(expected(seen));
        return seen.deadLetters().stream()
                .filter(letter -> !expected.contains(letter))
                .map(letter -> letter.token() + " is on " + letter.topic())
                .collect(toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static List<String> stored(Observations seen) {
        Map<DeadLetter, List<Collected>> stored =
                seen.collected().stream().collect(groupingBy(letter -> new DeadLetter(letter.topic(), letter.token())));
        Set<DeadLetter> expected = expected(seen);
        List<String> broken = new ArrayList<>();
        for (DeadLetter letter : expected) {
            List<Collected> rows = stored.getOrDefault(letter, List.of());
            if (rows.size() != 1) {
                broken.add(letter.token() + " of " + letter.topic() + " is stored " + rows.size() + " times");
            }
            rows.stream()
                    .filter(row -> !row.state().equals("WAITING")
                            || row.redriven() != seen.harm().redrives()
                            || row.failures() < 1 + seen.harm().redrives())
                    .forEach(row -> broken.add(letter.token() + " of " + letter.topic() + " is " + row.state()
                            + ", was redriven " + row.redriven() + " times and failed " + row.failures()
                            + " times"));
        }
        stored.keySet().stream()
                .filter(letter -> !expected.contains(letter))
                .forEach(letter -> broken.add(letter.token() + " is stored among " + letter.topic()));
        return broken;
    }

    private static Set<DeadLetter> expected(Observations seen) {
        return seen.harm().poison().stream()
                .flatMap(poison -> poison.groups().stream()
                        .map(group -> new DeadLetter(poison.topic() + "." + group + ".dlq", poison.token())))
                .collect(toSet());
    }
}
