package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Collected;
import io.orderflow.systemtests.chaos.checking.Observations.DeadLetter;
import org.junit.jupiter.api.Test;

class DeadLetterInvariantsTest extends CorrectRun {

    private static final String POISON = "every poison message is dead-lettered unchanged";

    private static final String ONLY_POISON = "only poison messages are dead-lettered";

    private static final String STORED = "each dead letter is stored once, and redriven as often as requested";

    @Test
    void a_lost_poison_message_is_named() {
        deadLetters.remove(0);
        assertBroken(POISON, "poison-1", "orders.inventory.dlq");
    }

    @Test
    void a_good_message_among_the_dead_letters_is_named() {
        deadLetters.add(new DeadLetter("orders.email.dlq", "order.created.v1 e1"));
        assertBroken(ONLY_POISON, "e1", "orders.email.dlq");
    }

    @Test
    void a_poison_message_dead_lettered_by_another_group_is_named() {
        deadLetters.add(new DeadLetter("orders.shipping.dlq", "poison-1"));
        assertBroken(ONLY_POISON, "poison-1", "orders.shipping.dlq");
    }

    @Test
    void a_dead_letter_that_was_not_collected_is_named() {
        collected.remove(0);
        assertBroken(STORED, "poison-1", "orders.inventory.dlq", "0 times");
    }

    @Test
    void a_dead_letter_that_is_stored_twice_is_named() {
        collected.add(collected.get(0));
        assertBroken(STORED, "poison-1", "orders.inventory.dlq", "2 times");
    }

    @Test
    void a_dead_letter_with_the_wrong_number_of_redrives_or_failures_is_named() {
        collected.set(0, new Collected("orders.inventory.dlq", "poison-1", "WAITING", 2, 3));
        collected.set(1, new Collected("orders.email.dlq", "poison-1", "REDRIVEN", 1, 1));
        assertBroken(STORED, "orders.inventory.dlq", "redriven 2 times", "orders.email.dlq", "REDRIVEN");
    }

    @Test
    void a_good_message_that_is_stored_as_a_dead_letter_is_named() {
        collected.add(new Collected("orders.email.dlq", "order.created.v1 e1", "WAITING", 1, 2));
        assertBroken(STORED, "e1");
    }
}
