package io.orderflow.systemtests.chaos.checking;

import java.util.List;
import java.util.function.Function;

/**
 * Something that holds after every run.
 *
 * @param name a sentence
 * @param broken finds what breaks it: ids, each with a few words
 */
public record Invariant(String name, Function<Observations, List<String>> broken) {

    Verdict judge(Observations observations) {
        return new Verdict(name, broken.apply(observations));
    }
}
