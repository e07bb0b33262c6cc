package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.Purchase.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final int ORDERS = 1_000;

    private final Plan plan = Plan.of(7, ORDERS, Scenario.allFaults());

    @Test
    void the_same_seed_is_the_same_plan_and_another_one_another() {
        assertThat(Plan.of(7, ORDERS, Scenario.allFaults())).isEqualTo(plan);
        assertThat(Plan.of(8, ORDERS, Scenario.allFaults())).isNotEqualTo(plan);
    }

    @Test
    void all_kinds_of_purchases_are_in_it() {
        assertThat(plan.purchases()).hasSize(ORDERS).extracting(Purchase::kind).contains(Kind.values());
    }

    @Test
    void every_fault_strikes_once_while_orders_come() {
        assertThat(plan.strikes()).extracting(Strike::fault).containsExactlyInAnyOrder(Fault.values());
        assertThat(plan.strikes())
                .extracting(Strike::afterAccepted)
                .isSorted()
                .allSatisfy(count -> assertThat(count).isBetween(1, ORDERS * 3 / 4));
    }

    @Test
    void there_is_poison_of_every_kind_and_there_are_duplicates() {
        assertThat(plan.poison()).hasSizeGreaterThan(PoisonKind.values().length).isSorted();
        assertThat(plan.duplicates()).hasSizeGreaterThan(20).isSorted();
    }

    @Test
    void ghosts_are_told_of_in_the_first_half_of_a_run_however_short_it_is() {
        assertThat(plan.ghosts()).hasSizeGreaterThan(3).isSorted().allMatch(position -> position < ORDERS / 2);
        assertThat(Plan.of(7, 20, List.of()).ghosts()).isNotEmpty();
    }

    @Test
    void mails_may_come_again_for_some_faults_and_for_none_without_faults() {
        assertThat(Plan.of(7, ORDERS, List.of(Fault.KILL_EMAIL, Fault.STOP_MAIL, Fault.KILL_BROKER))
                        .mailFaults())
                .isEqualTo(2);
        assertThat(Plan.of(7, ORDERS, List.of()).mailFaults()).isZero();
    }

    @Test
    void a_run_without_faults_has_none() {
        assertThat(Plan.of(7, 10, List.of()).strikes()).isEmpty();
    }
}
