package io.orderflow.systemtests.chaos.checking;

import java.util.List;
import java.util.function.Function;

/**
 * A condition that holds after every run.
 *
 * @param name a sentence
 * @param broken finds the violations: ids, each with a description
 */
public record Invariant(String name, Function<Observations, List<String>> broken) {

    Verdict check(Observations observations) {
        return new Verdict(name, broken.apply(observations));
    }
}
