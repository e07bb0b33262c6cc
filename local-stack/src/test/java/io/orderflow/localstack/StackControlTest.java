package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackControlTest {

    @TempDir
    Path folder;

    @Test
    void a_command_is_executed_by_the_process_of_the_stack() throws IOException {
        try (StackControl control = StackControl.listen(folder, words -> "done: " + words)) {
            assertThat(StackControl.send(folder, List.of("start", "shipping", "a=b c")))
                    .isEqualTo("done: [start, shipping, a=b c]");
        }
    }

    @Test
    void a_failure_is_reported_and_the_next_command_is_executed() throws IOException {
        try (StackControl control = StackControl.listen(folder, words -> {
            if (words.contains("bad")) {
                throw new StackException("This is bad.");
            }
            return "good";
        })) {
            assertThatThrownBy(() -> StackControl.send(folder, List.of("bad")))
                    .isInstanceOf(StackException.class)
                    .hasMessage("This is bad.");
            assertThat(StackControl.send(folder, List.of("other"))).isEqualTo("good");
        }
    }

    @Test
    void without_a_stack_the_error_names_the_command_that_starts_one() throws IOException {
        StackControl.listen(folder, words -> "").close();

        assertThatThrownBy(() -> StackControl.send(folder, List.of("stop", "shipping")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("./orderflow up");
    }
}
