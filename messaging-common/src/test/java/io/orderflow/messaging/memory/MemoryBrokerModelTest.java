package io.orderflow.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
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
import org.junit.jupiter.api.Test;

/** Random sends, polls, commits and closes of one group, beside a model of it in a few lines. */
class MemoryBrokerModelTest {

    private static final int SEEDS = 300;
    private static final int STEPS = 200;

    /** A member, and what the model says that it holds. */
    private record Modelled(MessageConsumer<String, byte[]> member, List<Integer> held) {}

    @Test
    void random_operations_agree_with_the_model() {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(int seed) {
        Random random = new Random(seed);
        MemoryBroker broker = new MemoryBroker();
        broker.declare(Topic.named("t"), "g");
        TreeSet<Integer> waiting = new TreeSet<>();
        List<Modelled> members = new ArrayList<>();
        int sent = 0;
        for (int step = 0; step < STEPS; step++) {
            int maxPoll = 1 + random.nextInt(5);
            switch (random.nextInt(5)) {
                case 0 -> {
                    int number = random.nextInt(4);
                    broker.producer().sendBatch("t", batch(sent, number));
                    IntStream.range(sent, sent += number).forEach(waiting::add);
                }
                case 1 -> members.add(new Modelled(join(broker, maxPoll), new ArrayList<>()));
                default -> {
                    if (!members.isEmpty()) {
                        useOne(members, waiting, random, "seed " + seed + ", step " + step);
                    }
                }
            }
        }
        members.forEach(each -> {
            each.member().close();
            waiting.addAll(each.held());
        });
        assertThat(numbers(join(broker, Integer.MAX_VALUE).poll(Duration.ZERO)))
                .as("what is left with seed %d", seed)
                .isEqualTo(List.copyOf(waiting));
    }

    private static void useOne(List<Modelled> members, TreeSet<Integer> waiting, Random random, String when) {
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
                assertThat(polled)
                        .as("a poll with %s", when)
                        .isEqualTo(waiting.stream().limit(polled.size()).toList());
                assertThat(polled.isEmpty()).as("an empty poll with %s", when).isEqualTo(waiting.isEmpty());
                polled.forEach(waiting::remove);
                one.held().addAll(polled);
            }
        }
    }

    private static MessageConsumer<String, byte[]> join(MemoryBroker broker, int maxPoll) {
        var member = broker.consumer("g", ConsumerOptions.defaults().withMaxPollMessages(maxPoll));
        member.subscribe(List.of("t"));
        return member;
    }

    private static List<Message<String, byte[]>> batch(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(i -> new Message<>("k", Integer.toString(i).getBytes(), Map.of(), Instant.EPOCH))
                .toList();
    }

    private static List<Integer> numbers(List<Delivery<String, byte[]>> deliveries) {
        return deliveries.stream()
                .map(delivery -> Integer.valueOf(new String(delivery.message().value())))
                .toList();
    }
}
