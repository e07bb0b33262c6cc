package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.policy.OutageDetector.Fault;
import io.orderflow.messaging.policy.OutageDetector.Symptom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageDetectorTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    /**
     * A story, one word a second: {@code ok} is a success, {@code a!503} the key a that fails with 503; 503 and NPE are
     * unknown failures, net and db faults of the network and the database. A message keeps its first failure while its key
     * fails again. The decisions: M for the message's, O for an outage's, a dot for a success.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            several keys fail alike                    | a!503 b!503 c!503 d!503             | M M O O
            one key fails again and again              | a!503 a!503 a!503 a!503 a!503       | M M M M M
            two keys fail again and again              | a!503 b!503 a!503 b!503             | M M M M
            several keys fail in ways of their own     | a!503 b!NPE c!409                   | M M M
            a success between them                     | a!503 b!503 ok c!503 d!503          | M M . M M
            the network is away                        | a!net                               | O
            the database is away                       | a!db a!db                           | O O
            it is over with the first success          | a!503 b!503 c!503 ok d!503          | M M O . M
            it is over and begins again                | a!net ok b!net                      | O . O
            an outage costs those before it nothing    | a!503 b!503 c!503 a!503 b!503       | M M O O O
            another failure during an outage           | a!503 b!503 c!503 d!NPE e!503       | M M O M O
            an outage with two faces                   | a!503 b!503 c!503 d!net e!503       | M M O O O
            one key whose host is away                 | a!net ok a!net ok a!net             | O . M . M
            several keys whose network flaps           | a!net b!net c!net ok a!net b!net c!net | O O O . M M O
            suspects that fail alike when all is done  | a!503 ok b!503 ok c!503 ok a!503 b!503 c!503 | M . M . M . M M M
            suspects while the others fail too         | a!503 ok b!503 c!503 d!503 a!503    | M . M M O O
            the database is away for suspects too      | a!db ok a!db                        | O . O
            """)
    void decides(String why, String story, String decisions) {
        assertThat(told(story)).as(why).isEqualTo(decisions);
    }

    @Test
    void failures_that_are_far_apart_have_nothing_to_do_with_each_other() {
        OutageDetector watch = OutageDetector.NOTHING_SEEN;
        List<Boolean> outages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Instant now = START.plus(OutageDetector.WINDOW.multipliedBy(i));
            Symptom symptom = failure("key" + i, "503", null, now);
            outages.add(watch.isOutage(symptom));
            watch = watch.failed(symptom);
        }
        assertThat(outages).containsOnly(false);
    }

    @Test
    void an_outage_knows_when_it_began_and_how_often_it_was_met() {
        OutageDetector watch = OutageDetector.NOTHING_SEEN;
        for (int i = 0; i < 5; i++) {
            watch = watch.failed(failure("key" + i, "503", null, START.plusSeconds(i)));
        }
        assertThat(watch.outage().since()).isEqualTo(START.plusSeconds(2));
        assertThat(watch.outage().failures()).isEqualTo(3);
    }

    @Test
    void ten_thousand_keys_that_each_fail_in_a_way_of_their_own_are_not_all_remembered() {
        OutageDetector watch = OutageDetector.NOTHING_SEEN;
        for (int i = 0; i < 10_000; i++) {
            watch = watch.failed(failure("key" + i, "way " + i, null, START));
            watch = watch.failed(failure("key" + i, "the same", null, START));
        }
        assertThat(watch.failing()).hasSizeLessThanOrEqualTo(20);
        assertThat(watch.failing().values()).allMatch(keys -> keys.size() <= OutageDetector.SEVERAL);
    }

    @Test
    void failures_are_the_same_if_their_root_is_of_one_type_and_arose_in_one_place() {
        List<Fingerprint> alike = IntStream.range(0, 3)
                .mapToObj(i -> Fingerprint.of(new RuntimeException("for order " + i, carrierIsDown(i))))
                .distinct()
                .toList();
        assertThat(alike).hasSize(1);
        assertThat(Fingerprint.of(new IllegalArgumentException("for order 1"))).isNotEqualTo(alike.get(0));
    }

    private static Exception carrierIsDown(int order) {
        return new IllegalStateException("503 for order " + order);
    }

    private static String told(String story) {
        OutageDetector watch = OutageDetector.NOTHING_SEEN;
        Map<String, Instant> firstFailures = new HashMap<>();
        Instant now = START;
        List<String> decisions = new ArrayList<>();
        for (String word : story.trim().split(" +")) {
            now = now.plusSeconds(1);
            if (word.equals("ok")) {
                watch = watch.succeeded(now);
                decisions.add(".");
            } else {
                String[] keyAndWay = word.split("!");
                Symptom symptom = failure(keyAndWay[0], keyAndWay[1], firstFailures.get(keyAndWay[0]), now);
                firstFailures.putIfAbsent(keyAndWay[0], now);
                decisions.add(watch.isOutage(symptom) ? "O" : "M");
                watch = watch.failed(symptom);
            }
        }
        return decisions.stream().collect(Collectors.joining(" "));
    }

    private static Symptom failure(String key, String way, Instant firstFailure, Instant now) {
        Fault fault = switch (way) {
            case "net" -> Fault.NETWORK;
            case "db" -> Fault.DATABASE;
            default -> Fault.UNKNOWN;
        };
        return new Symptom(key, new Fingerprint(way, "here"), fault, firstFailure, now);
    }
}
