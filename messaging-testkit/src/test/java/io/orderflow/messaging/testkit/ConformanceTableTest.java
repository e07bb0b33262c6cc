package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTableTest {

    @TempDir
    Path directory;

    @Test
    void a_row_tells_of_a_scenario_what_each_broker_does() throws IOException {
        results("one", "Order\tin order\tpassed\t\nOrder\tacross\tskipped\tnot promised\n");
        results("two", "Order\tin order\tfailed\t\nOrder\tacross\tpassed\t\nCrash\tsurvives\tpassed\t\n");

        assertThat(ConformanceTable.render(directory)).isEqualTo("""

                | | Promise | one | two |
                |---|---|:-:|:-:|
                | Crash | survives |  | yes |
                | Order | across | no (1) | yes |
                | Order | in order | yes | **fails** |

                1. not promised

                """);
    }

    @Test
    void a_row_tells_how_each_broker_carries_a_pattern() throws IOException {
        Files.writeString(directory.resolve("one.patterns"), "WORK_QUEUE\tNATIVE\nBROADCAST\tUNSUPPORTED\n");
        Files.writeString(directory.resolve("two.patterns"), "WORK_QUEUE\tEMULATED\nBROADCAST\tNATIVE\n");

        assertThat(ConformanceTable.renderPatterns(directory)).isEqualTo("""

                | Pattern | one | two |
                |---|---|---|
                | work-queue | native | emulated |
                | broadcast | - | native |

                """);
    }

    @Test
    void only_what_is_between_the_markers_changes() {
        String document = "before\n" + ConformanceTable.BEGIN + "\nold\n" + ConformanceTable.END + "\nafter\n";

        String updated = insert(document);

        assertThat(updated)
                .isEqualTo("before\n" + ConformanceTable.BEGIN + "\nnew\n" + ConformanceTable.END + "\nafter\n");
        assertThat(insert(updated)).isEqualTo(updated);
    }

    @Test
    void a_document_without_markers_is_refused() {
        assertThatThrownBy(() -> insert("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ConformanceTable.BEGIN);
    }

    @Test
    void a_document_without_markers_stays_as_it_is() throws IOException {
        assertThat(ConformanceTable.update("text", directory)).isEqualTo("text");
    }

    private static String insert(String document) {
        return ConformanceTable.insert(document, "new\n", ConformanceTable.BEGIN, ConformanceTable.END);
    }

    private void results(String broker, String lines) throws IOException {
        Files.writeString(directory.resolve(broker + ".tsv"), lines);
    }
}
