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
 * Two members of one group that work at the same time: both poll, then both handle what they have, then both commit. The
 * second is always done first, so that messages of one key handed to both at once are seen in the wrong order.
 */
final class Pair {

    private static final int MAX_POLL = 10;
    private static final String WARM_UP = "warm-up-";

    private final Reader first;
    private final Reader second;
    private final Duration patience;
    private final List<String> merged = new ArrayList<>();

    private Pair(Reader first, Reader second, Duration patience) {
        this.first = first;
        this.second = second;
        this.patience = patience;
    }

    /** A pair of which both members have their share already, so that nobody joins while a scenario looks. */
    static Pair settled(Scenario s, String group) {
        Pair pair = new Pair(s.reader(group, MAX_POLL), s.reader(group, MAX_POLL), s.patience());
        List<String> sent = new ArrayList<>();
        long deadline = System.nanoTime() + s.patience().toNanos();
        while ((pair.first(WARM_UP).isEmpty() || pair.second(WARM_UP).isEmpty()) && System.nanoTime() < deadline) {
            for (int i = 0; i < 3 * MAX_POLL; i++) {
                sent.add(WARM_UP + sent.size());
                s.producer().send(s.topic(), text(UUID.randomUUID().toString(), sent.get(sent.size() - 1)));
            }
            pair.bothStep();
        }
        pair.readUntil(all -> all.containsAll(sent), WARM_UP);
        return pair;
    }

    /** Lets both read in turn until what came with this prefix is enough, and returns it, repetitions included. */
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
