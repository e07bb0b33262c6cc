package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.messaging.runtime.TopicGroups.TopicGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the backlog of each group and whether it has members, and reports groups that have had no member for a long time: the broker keeps their messages until
 * they are removed.
 */
final class AbandonedGroups implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(AbandonedGroups.class);

    private record Name(String topic, String group, String broker) {}

    private final TopicGroups groups;
    private final Duration after;
    private final InstantSource clock;
    private final MultiGauge backlog;
    private final MultiGauge consumed;
    private final Map<Name, Instant> withoutMembers = new HashMap<>();
    private final Set<Name> reported = new HashSet<>();

    AbandonedGroups(TopicGroups groups, Duration after, InstantSource clock, MeterRegistry registry) {
        this.groups = groups;
        this.after = after;
        this.clock = clock;
        this.backlog = MultiGauge.builder("messaging.group.backlog")
                .description("Messages that were sent and that the group has not committed yet")
                .register(registry);
        this.consumed = MultiGauge.builder("messaging.group.consumed")
                .description("1 while the group has a member, in whatever application, else 0")
                .register(registry);
    }

    @Override
    public void run() {
        List<TopicGroup> all = groups.list();
        backlog.register(rows(all, TopicGroup::messages), true);
        consumed.register(rows(all, each -> each.hasMembers() ? 1 : 0), true);
        all.forEach(this::check);
    }

    private static List<MultiGauge.Row<?>> rows(List<TopicGroup> groups, Function<TopicGroup, Number> value) {
        return groups.stream()
                .<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(
                        Tags.of("topic", each.topic(), "group", each.group(), "broker", each.broker()),
                        value.apply(each)))
                .toList();
    }

    private void check(TopicGroup group) {
        Name name = new Name(group.topic(), group.group(), group.broker());
        if (group.hasMembers() || group.messages() == 0) {
            withoutMembers.remove(name);
            reported.remove(name);
            return;
        }
        Instant since = withoutMembers.computeIfAbsent(name, any -> clock.instant());
        if (!clock.instant().isBefore(since.plus(after)) && reported.add(name)) {
            log.warn(
                    "Group '{}' of topic '{}' has had no member since {} and a backlog of {} messages. {} keeps them,"
                            + " and may run out of space. Start the group's service, or remove the group and its messages:"
                            + " ./orderflow groups remove {} {}",
                    name.group(),
                    name.topic(),
                    since,
                    group.messages(),
                    name.broker(),
                    name.topic(),
                    name.group());
        }
    }
}
