package io.orderflow.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random sends, polls, commits and closes of one group, beside a model of it in a few lines. */
class MemoryBrokerModelTest {

    private static final int SEEDS = 300;
    private static final int STEPS = 200;
    private static final int PARTITIONS = 3;
    private static final int KEYS = 5;

    /** A member, and what the model says that it holds. */
    private record Modelled(MessageConsumer<String, byte[]> member, List<Integer> held) {

        boolean holdsOf(int partition) {
            return held.stream().anyMatch(number -> partition(number) == partition);
        }
    }

    private final TreeSet<Integer> waiting = new TreeSet<>();
    private final List<Modelled> members = new ArrayList<>();
    private int sent;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void random_operations_agree_with_the_model(Sharing sharing) {
        for (int seed = 0; seed < SEEDS; seed++) {
            waiting.clear();
            members.clear();
            sent = 0;
            run(sharing, seed);
        }
    }

    private void run(Sharing sharing, int seed) {
        Random random = new Random(seed);
        MemoryBroker broker = new MemoryBroker();
        Topic keyed = Topic.named("t").withPartitions(PARTITIONS);
        Topic topic = sharing == Sharing.COMPETING ? keyed.asWorkQueue() : keyed;
        broker.declare(topic, "g");
        for (int step = 0; step < STEPS; step++) {
            int maxPoll = 1 + random.nextInt(5);
            switch (random.nextInt(5)) {
                case 0 -> {
                    int number = random.nextInt(4);
                    broker.producer().sendBatch(topic, batch(sent, number));
                    IntStream.range(sent, sent += number).forEach(waiting::add);
                }
                case 1 -> members.add(new Modelled(join(broker, topic, maxPoll), new ArrayList<>()));
                default -> {
                    if (!members.isEmpty()) {
                        useOne(sharing, random, "seed " + seed + ", step " + step);
                    }
                }
            }
        }
        members.forEach(each -> {
            each.member().close();
            waiting.addAll(each.held());
        });
        assertThat(numbers(join(broker, topic, Integer.MAX_VALUE).poll(Duration.ZERO)))
                .as("what is left with seed %d", seed)
                .isEqualTo(List.copyOf(waiting));
    }

    private void useOne(Sharing sharing, Random random, String when) {
        Modelled one = members.get(random.nextInt(members.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                one.member().commit();
                one.held().clear();
            }
            case 1 -> {
                one.member().close();
                waiting.addAll(one.held());
                members.remove(one);
            }
            default -> {
                List<Integer> polled = numbers(one.member().poll(Duration.ZERO));
                if (sharing == Sharing.COMPETING) {
                    assertThat(polled)
                            .as("a poll with %s", when)
                            .isEqualTo(waiting.stream().limit(polled.size()).toList());
                    assertThat(polled.isEmpty())
                            .as("an empty poll with %s", when)
                            .isEqualTo(waiting.isEmpty());
                } else {
                    assertKeyed(one, polled, when);
                }
                polled.forEach(waiting::remove);
                one.held().addAll(polled);
            }
        }
    }

    /** Of each partition the first, and nothing of a partition of which somebody else holds something. */
    private void assertKeyed(Modelled one, List<Integer> polled, String when) {
        long share = -Math.floorDiv(-PARTITIONS, members.size());
        int opened = 0;
        boolean missedOne = false;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int which = partition;
            List<Integer> of =
                    polled.stream().filter(number -> partition(number) == which).toList();
            List<Integer> waitingOf = waiting.stream()
                    .filter(number -> partition(number) == which)
                    .toList();
            assertThat(of).as("a poll with %s", when).isEqualTo(waitingOf.subList(0, of.size()));
            boolean anothers = members.stream().anyMatch(each -> each != one && each.holdsOf(which));
            assertThat(anothers && !of.isEmpty())
                    .as("a poll of what is another's with %s", when)
                    .isFalse();
            opened += of.isEmpty() && !one.holdsOf(which) ? 0 : 1;
            missedOne |= of.isEmpty() && !waitingOf.isEmpty() && !anothers;
        }
        assertThat(polled.isEmpty() && missedOne && opened < share)
                .as("an empty poll with %s", when)
                .isFalse();
    }

    private enum Sharing {
        KEYED,
        COMPETING
    }

    private static int partition(int number) {
        return KeyPartition.of(key(number), PARTITIONS);
    }

    private static String key(int number) {
        return "k" + number % KEYS;
    }

    private static MessageConsumer<String, byte[]> join(MemoryBroker broker, Topic topic, int maxPoll) {
        var member = broker.consumer("g", ConsumerOptions.defaults().withMaxPollMessages(maxPoll));
        member.subscribe(List.of(topic));
        return member;
    }

    private static List<Message<String, byte[]>> batch(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(i -> new Message<>(key(i), Integer.toString(i).getBytes(), Map.of(), Instant.EPOCH))
                .toList();
    }

    private static List<Integer> numbers(List<Delivery<String, byte[]>> deliveries) {
        return deliveries.stream()
                .map(delivery -> Integer.valueOf(new String(delivery.message().value())))
                .toList();
    }
}
