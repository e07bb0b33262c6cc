package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Verdict;
import io.orderflow.systemtests.faults.AgentJar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services as they were built, or broken on purpose in one way: then each of their processes has the agent that breaks
 * it, and the judge has to notice.
 *
 * @param broken the way in which they are broken; null if they are not
 */
public record Build(@Nullable String broken) {

    public static final Build SOUND = new Build(null);

    static Build broken(String name) {
        if (!AgentJar.breakages().contains(name)) {
            throw new UsageException("Nothing is broken by the name '" + name + "', but by " + names() + ".");
        }
        return new Build(name);
    }

    static String names() {
        return String.join(", ", AgentJar.breakages());
    }

    /** What the services' processes find in their environment. */
    Map<String, String> settings() {
        return broken == null ? Map.of() : Map.of("JAVA_TOOL_OPTIONS", AgentJar.argument("broken:" + broken));
    }

    /** Whether all held, or, of a broken build, something did not. */
    boolean isJudgedRightly(List<Verdict> verdicts) {
        return verdicts.stream().allMatch(Verdict::held) == (broken == null);
    }
}
