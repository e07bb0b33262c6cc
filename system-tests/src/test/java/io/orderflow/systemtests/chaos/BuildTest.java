package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.checking.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTest {

    private static final List<Verdict> HELD = List.of(new Verdict("all is well", List.of()));
    private static final List<Verdict> NOT_HELD =
            List.of(new Verdict("all is well", List.of()), new Verdict("nothing is lost", List.of("order 7")));

    @Test
    void of_a_sound_build_all_has_to_hold() {
        assertThat(Build.SOUND.isJudgedRightly(HELD)).isTrue();
        assertThat(Build.SOUND.isJudgedRightly(NOT_HELD)).isFalse();
        assertThat(Build.SOUND.settings()).isEmpty();
    }

    @Test
    void of_a_broken_build_something_must_not_hold() {
        Build broken = Build.broken("no-inbox");

        assertThat(broken.isJudgedRightly(NOT_HELD)).isTrue();
        assertThat(broken.isJudgedRightly(HELD)).isFalse();
    }

    @Test
    void a_broken_build_has_the_agent_in_each_of_its_processes() {
        assertThat(Build.broken("no-inbox").settings().values())
                .singleElement()
                .asString()
                .startsWith("-javaagent:")
                .endsWith("=broken:no-inbox");
    }
}
