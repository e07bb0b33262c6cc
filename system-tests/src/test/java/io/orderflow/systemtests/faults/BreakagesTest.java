package io.orderflow.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breakages name existing methods and tests, and the table in docs/guarantees.md has all of them. */
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
    void every_named_test_exists(Breakage breakage) throws IOException {
        try (Stream<Path> files =
                Files.walk(Modules.ROOT.resolve(breakage.module()).resolve("src"))) {
            Map<String, String> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), Modules::read, String::concat));
            for (String selected : breakage.tests().split(",")) {
                String[] classAndMethods = selected.split("#");
                assertThat(sources).as(breakage.name()).containsKey(classAndMethods[0] + ".java");
                for (String method : classAndMethods.length == 1 ? new String[0] : classAndMethods[1].split("\\+")) {
                    assertThat(sources.values())
                            .as("%s: a test %s", breakage.name(), method)
                            .anyMatch(source -> Pattern.compile("void " + method.replace("*", "\\w*") + "\\(")
                                    .matcher(source)
                                    .find());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void the_guarantees_have_a_row_for_it(Breakage breakage) throws IOException {
        assertThat(Files.readAllLines(Modules.ROOT.resolve("docs/guarantees.md")))
                .filteredOn(line -> line.startsWith("| `" + breakage.name() + "` | " + breakage.what() + " | `"))
                .as("run ./orderflow broken and commit what it writes: %s", breakage.name())
                .hasSize(1);
    }

    @Test
    void the_table_is_inserted_between_its_markers() {
        Breakage breakage = Breakages.named("no-inbox");
        List<BreakageTable.Row> rows = List.of(new BreakageTable.Row(breakage, List.of("A.a", "B.b", "C.c", "D.d")));

        assertThat(BreakageTable.insert(
                        "before\n" + BreakageTable.BEGIN + "\nold\n" + BreakageTable.END + "\nafter", rows))
                .startsWith("before\n" + BreakageTable.BEGIN)
                .contains("| `no-inbox` | " + breakage.what() + " | `A.a`, `B.b`, `C.c` and 1 more |\n")
                .doesNotContain("old")
                .endsWith(BreakageTable.END + "\nafter");
        assertThatThrownBy(() -> BreakageTable.insert("no markers", rows)).isInstanceOf(IllegalArgumentException.class);
    }
}
