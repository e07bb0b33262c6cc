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

/** What nobody can handle is set aside by each group that met it, and nothing else is. */
final class DeadLetterInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("all poison is among the dead letters, unchanged", DeadLetterInvariants::missing),
            new Invariant("nothing but poison is among the dead letters", DeadLetterInvariants::harmless),
            new Invariant("each dead letter is kept once, and redriven as often as asked", DeadLetterInvariants::kept));

    private DeadLetterInvariants() {}

    private static List<String> missing(Observations seen) {
        Set<DeadLetter> there = Set.copyOf(seen.deadLetters());
        return expected(seen).stream()
                .filter(letter -> !there.contains(letter))
                .map(letter -> letter.token() + " is not on " + letter.topic())
                .toList();
    }

    private static List<String> harmless(Observations seen) {
        Set<DeadLetter> expected = Set.copyOf(expected(seen));
        return seen.deadLetters().stream()
                .filter(letter -> !expected.contains(letter))
                .map(letter -> letter.token() + " is on " + letter.topic())
                .collect(toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static List<String> kept(Observations seen) {
        Map<DeadLetter, List<Collected>> kept =
                seen.collected().stream().collect(groupingBy(letter -> new DeadLetter(letter.topic(), letter.token())));
        Set<DeadLetter> expected = expected(seen);
        List<String> broken = new ArrayList<>();
        for (DeadLetter letter : expected) {
            List<Collected> rows = kept.getOrDefault(letter, List.of());
            if (rows.size() != 1) {
                broken.add(letter.token() + " of " + letter.topic() + " is kept " + rows.size() + " times");
            }
            rows.stream()
                    .filter(row -> !row.state().equals("WAITING")
                            || row.redriven() != seen.harm().redrives()
                            || row.failures() < 1 + seen.harm().redrives())
                    .forEach(row -> broken.add(letter.token() + " of " + letter.topic() + " is " + row.state()
                            + ", was redriven " + row.redriven() + " times and given up " + row.failures()
                            + " times"));
        }
        kept.keySet().stream()
                .filter(letter -> !expected.contains(letter))
                .forEach(letter -> broken.add(letter.token() + " is kept among " + letter.topic()));
        return broken;
    }

    private static Set<DeadLetter> expected(Observations seen) {
        return seen.harm().poison().stream()
                .flatMap(poison -> poison.groups().stream()
                        .map(group -> new DeadLetter(poison.topic() + "." + group + ".dlq", poison.token())))
                .collect(toSet());
    }
}
