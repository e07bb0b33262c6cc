package io.orderflow.systemtests.chaos.checking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvariantsTest extends CorrectRun {

    @Test
    void all_invariants_hold_for_a_correct_run() {
        assertThat(Invariants.check(observations()))
                .hasSize(25)
                .allSatisfy(verdict ->
                        assertThat(verdict.broken()).as(verdict.invariant()).isEmpty());
    }

    @Test
    void the_report_lists_violations_and_what_held() {
        seen.removeIf(event -> event.id().equals("e2"));

        String report = Report.of(Invariants.check(observations()));

        assertThat(report).containsPattern("every committed event is on the broker +BROKEN \\(1\\)\n +.*e2");
        assertThat(report).containsPattern("nothing is parked or unsent.* held");
    }
}
