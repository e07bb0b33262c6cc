package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.orderflow.messaging.handling.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Topics and groups whose names are made of what derived names are made of: all combinations that a subscription may have.
 */
public final class Combinations {

    private static final List<String> SEGMENTS = List.of(
            "a",
            "b",
            "a-b",
            "a_b",
            "0",
            "1",
            "retry",
            "dlq",
            "groups",
            "members",
            "dead-letters",
            "unpartitioned-of-6");
    private static final int SEGMENTS_OF_TOPICS = 3;
    /** One that is refused for its dots is refused with more of them too. */
    private static final int SEGMENTS_OF_GROUPS = 2;

    private static final List<TopicAndGroup> ALL = combine();

    private Combinations() {}

    public record TopicAndGroup(String topic, String group) {}

    /** Tens of thousands. A topic of dead letters is left out: it is derived itself, and read on purpose. */
    public static List<TopicAndGroup> all() {
        return ALL;
    }

    private static List<TopicAndGroup> combine() {
        List<String> groups = names(SEGMENTS_OF_GROUPS);
        List<TopicAndGroup> all = new ArrayList<>();
        for (String topic : names(SEGMENTS_OF_TOPICS)) {
            if (!Topic.named(topic).isDeadLetters()) {
                groups.stream()
                        .filter(group -> isAccepted(topic, group))
                        .forEach(group -> all.add(new TopicAndGroup(topic, group)));
            }
        }
        assertThat(all).hasSizeGreaterThan(10_000);
        return all;
    }

    /** No name belongs to two of them, and none twice to one. */
    public static void assertDistinct(Function<TopicAndGroup, Stream<String>> names) {
        Map<String, TopicAndGroup> owners = new HashMap<>();
        for (TopicAndGroup each : all()) {
            names.apply(each).forEach(name -> {
                TopicAndGroup other = owners.put(name, each);
                if (other != null) {
                    fail("'%s' belongs to %s and to %s", name, each, other);
                }
            });
        }
    }

    private static List<String> names(int most) {
        List<String> all = new ArrayList<>(SEGMENTS);
        List<String> longest = SEGMENTS;
        for (int length = 2; length <= most; length++) {
            longest = longest.stream()
                    .flatMap(name -> SEGMENTS.stream().map(segment -> name + "." + segment))
                    .toList();
            all.addAll(longest);
        }
        return all;
    }

    private static boolean isAccepted(String topic, String group) {
        try {
            new Subscription(topic, group, 1, ConsumerOptions.defaults());
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
