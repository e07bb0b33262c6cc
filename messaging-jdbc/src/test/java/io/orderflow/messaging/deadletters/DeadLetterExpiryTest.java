package io.orderflow.messaging.deadletters;

import static io.orderflow.messaging.deadletters.DeadLetterBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterExpiryTest {

    private static final Duration MONTH = Duration.ofDays(30);

    private final DeadLetterBench bench = new DeadLetterBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void what_waited_too_long_is_discarded_and_its_content_erased_and_its_story_stays() {
        collect("old", "31 days");
        collect("young", "29 days");

        expire(Map.of("orders", MONTH));
        expire(Map.of("orders", MONTH));

        DeadLetter old = letter("old");
        assertThat(old.state()).isEqualTo(DeadLetterState.DISCARDED);
        assertThat(bench.deadLetters.message(old.id()).orElseThrow().value()).isNull();
        assertThat(old.reason()).isNotBlank();
        assertThat(bench.deadLetters.history(old.id()))
                .extracting(DeadLetterAction::who)
                .containsExactly(DeadLetterExpiry.WHO);
        DeadLetter young = letter("young");
        assertThat(young.state()).isEqualTo(DeadLetterState.WAITING);
        assertThat(bench.deadLetters.message(young.id()).orElseThrow().value()).isNotNull();
    }

    @Test
    void what_was_decided_about_is_erased_as_well() {
        collect("redriven", "31 days");
        bench.redriving.redrive(letter("redriven").id(), "ada");

        expire(Map.of("orders", MONTH));

        DeadLetter redriven = letter("redriven");
        assertThat(redriven.state()).isEqualTo(DeadLetterState.REDRIVEN);
        assertThat(bench.deadLetters.message(redriven.id()).orElseThrow().value())
                .as("it may fail again")
                .isNotNull();

        bench.jdbc
                .sql("update messaging_dead_letter set changed_at = changed_at - interval '31 days'")
                .update();
        expire(Map.of("orders", MONTH));
        assertThat(bench.deadLetters.message(redriven.id()).orElseThrow().value())
                .isNull();
    }

    @Test
    void those_of_other_topics_wait_without_limit() {
        collect("old", "3000 days");

        expire(Map.of("contacts", MONTH));

        assertThat(letter("old").state()).isEqualTo(DeadLetterState.WAITING);
    }

    private void collect(String id, String ago) {
        bench.collect(id, NOW, "java.lang.IllegalStateException", "shop.Stock#take:42");
        bench.jdbc
                .sql("update messaging_dead_letter set last_failure = now() - cast(? as interval) where message_id = ?")
                .params(ago, id)
                .update();
    }

    private void expire(Map<String, Duration> eraseAfter) {
        new DeadLetterExpiry(bench.database, bench.redriving, eraseAfter).run();
    }

    private DeadLetter letter(String id) {
        return bench.deadLetters.list(DeadLetterFilter.all(), 0, 10).stream()
                .filter(each -> each.messageId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
