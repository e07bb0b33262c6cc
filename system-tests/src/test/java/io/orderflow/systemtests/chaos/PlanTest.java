package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.Purchase.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final int ORDERS = 1_000;

    private final Plan plan = Plan.of(7, ORDERS, Scenario.ALL_FAULTS);

    @Test
    void the_same_seed_is_the_same_plan_and_another_one_another() {
        assertThat(Plan.of(7, ORDERS, Scenario.ALL_FAULTS)).isEqualTo(plan);
        assertThat(Plan.of(8, ORDERS, Scenario.ALL_FAULTS)).isNotEqualTo(plan);
    }

    @Test
    void it_has_all_kinds_of_purchases() {
        assertThat(plan.purchases()).hasSize(ORDERS).extracting(Purchase::kind).contains(Kind.values());
    }

    @Test
    void every_fault_is_planned_once_within_the_orders() {
        assertThat(plan.faults()).extracting(PlannedFault::fault).containsExactlyInAnyOrder(Fault.values());
        assertThat(plan.faults())
                .extracting(PlannedFault::afterAccepted)
                .isSorted()
                .allSatisfy(count -> assertThat(count).isBetween(1, ORDERS * 3 / 4));
    }

    @Test
    void it_has_poison_of_every_kind_and_duplicates() {
        assertThat(plan.poison()).hasSizeGreaterThan(PoisonKind.values().length).isSorted();
        assertThat(plan.duplicates()).hasSizeGreaterThan(20).isSorted();
    }

    @Test
    void phantom_orders_are_in_the_first_half_of_a_run_of_any_length() {
        assertThat(plan.phantoms()).hasSizeGreaterThan(3).isSorted().allMatch(position -> position < ORDERS / 2);
        assertThat(Plan.of(7, 20, List.of()).phantoms()).isNotEmpty();
    }

    @Test
    void some_faults_may_repeat_mails() {
        assertThat(Plan.of(7, ORDERS, List.of(Fault.KILL_EMAIL, Fault.STOP_MAIL, Fault.KILL_BROKER))
                        .mailFaults())
                .isEqualTo(2);
        assertThat(Plan.of(7, ORDERS, List.of()).mailFaults()).isZero();
    }

    @Test
    void a_run_without_faults_has_none() {
        assertThat(Plan.of(7, 10, List.of()).faults()).isEmpty();
    }
}
