package io.orderflow.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is broken on purpose is still what it says, and the guarantees tell who noticed each of them. */
class BreakagesTest {

    static Stream<Breakage> breakages() {
        return Breakages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void every_replaced_method_is_exactly_one_with_a_body(Breakage breakage) throws IOException {
        for (Replacement replacement : breakage.replacements()) {
            TypeDescription type = Modules.describe(replacement.className()).resolve();
            ElementMatcher<MethodDescription> matcher = replacement.matcher();
            List<MethodDescription.InDefinedShape> methods =
                    type.getDeclaredMethods().stream().filter(matcher::matches).toList();
            assertThat(methods)
                    .as("%s: %s", breakage.name(), replacement.key())
                    .hasSize(1)
                    .noneMatch(MethodDescription::isAbstract);
        }
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void the_guarantees_tell_who_noticed(Breakage breakage) throws IOException {
        assertThat(Files.readAllLines(Modules.ROOT.resolve("docs/guarantees.md")))
                .filteredOn(line -> line.startsWith("| `" + breakage.name() + "` | " + breakage.what() + " | `"))
                .as("run ./orderflow broken and commit what it writes: %s", breakage.name())
                .hasSize(1);
    }

    @Test
    void the_table_is_put_between_its_markers() {
        Breakage breakage = Breakages.named("no-inbox");
        List<BrokenTable.Row> rows = List.of(new BrokenTable.Row(breakage, List.of("A.a", "B.b", "C.c", "D.d")));

        assertThat(BrokenTable.insert("before\n" + BrokenTable.BEGIN + "\nold\n" + BrokenTable.END + "\nafter", rows))
                .startsWith("before\n" + BrokenTable.BEGIN)
                .contains("| `no-inbox` | " + breakage.what() + " | `A.a`, `B.b`, `C.c` and 1 more |\n")
                .doesNotContain("old")
                .endsWith(BrokenTable.END + "\nafter");
        assertThatThrownBy(() -> BrokenTable.insert("no markers", rows)).isInstanceOf(IllegalArgumentException.class);
    }
}
