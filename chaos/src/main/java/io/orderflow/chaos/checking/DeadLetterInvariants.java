package io.orderflow.chaos.checking;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.orderflow.chaos.checking.Observations.DeadLetter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What nobody can handle is set aside by each group that met it, and nothing else is. */
final class DeadLetterInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("all poison is among the dead letters, unchanged", DeadLetterInvariants::missing),
            new Invariant("nothing but poison is among the dead letters", DeadLetterInvariants::harmless));

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

    private static Set<DeadLetter> expected(Observations seen) {
        return seen.poison().stream()
                .flatMap(poison -> poison.groups().stream()
                        .map(group -> new DeadLetter(poison.topic() + "." + group + ".dlq", poison.token())))
                .collect(toSet());
    }
}
