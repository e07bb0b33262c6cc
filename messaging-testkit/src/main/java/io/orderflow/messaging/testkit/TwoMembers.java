package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Two members of one group that work at the same time: both poll, then both handle their messages, then both commit. The second
 * always handles first, so that messages of one key delivered to both at once are seen in the wrong order.
 */
final class TwoMembers {

    private static final int MAX_POLL = 10;
    private static final String WARM_UP = "warm-up-";

    private final Reader first;
    private final Reader second;
    private final Duration patience;
    private final List<String> merged = new ArrayList<>();

    private TwoMembers(Reader first, Reader second, Duration patience) {
        this.first = first;
        this.second = second;
        this.patience = patience;
    }

    /** Two members that both receive messages already, so that no rebalance happens during the scenario. */
    static TwoMembers settled(Scenario s, String group) {
        TwoMembers two = new TwoMembers(s.reader(group, MAX_POLL), s.reader(group, MAX_POLL), s.patience());
        List<String> sent = new ArrayList<>();
        long deadline = System.nanoTime() + s.patience().toNanos();
        while ((two.first(WARM_UP).isEmpty() || two.second(WARM_UP).isEmpty()) && System.nanoTime() < deadline) {
            for (int i = 0; i < 3 * MAX_POLL; i++) {
                sent.add(WARM_UP + sent.size());
                s.producer().send(s.topic(), text(UUID.randomUUID().toString(), sent.get(sent.size() - 1)));
            }
            two.bothStep();
        }
        two.readUntil(all -> all.containsAll(sent), WARM_UP);
        return two;
    }

    /** Lets both read until the texts with this prefix are enough, and returns these, including duplicates. */
    List<String> readUntil(Predicate<List<String>> enough, String prefix) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!enough.test(startingWith(prefix, merged)) && System.nanoTime() < deadline) {
            bothStep();
        }
        List<String> read = startingWith(prefix, merged);
        assertThat(enough.test(read))
                .as("%d messages '%s...' are enough after waiting for %s", read.size(), prefix, patience)
                .isTrue();
        return read;
    }

    private void bothStep() {
        List<String> slow = Messages.textsOf(first.poll());
        merged.addAll(Messages.textsOf(second.poll()));
        merged.addAll(slow);
        first.commit();
        second.commit();
    }

    List<String> first(String prefix) {
        return startingWith(prefix, Messages.textsOf(first.received()));
    }

    List<String> second(String prefix) {
        return startingWith(prefix, Messages.textsOf(second.received()));
    }

    private static List<String> startingWith(String prefix, Collection<String> texts) {
        return texts.stream().filter(text -> text.startsWith(prefix)).toList();
    }
}
