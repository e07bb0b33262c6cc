package io.orderflow.benchmarks;

import java.util.List;

/** One case. It starts what it needs, and leaves nothing behind. */
@FunctionalInterface
interface Benchmark {

    /** @return the lines of the table that this case gives */
    List<Line> run(Rounds rounds) throws Exception;
}
