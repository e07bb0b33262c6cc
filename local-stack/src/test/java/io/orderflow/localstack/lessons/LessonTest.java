package io.orderflow.localstack.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonTest {

    private static final String MARKDOWN = """
            # 7 A title

            First text.

            ```console
            $ echo one \\
                two
            one ...
            ```

            Second text.

            ```console repeat
            $ echo x >> file; cat file
            x
            x
            ```

            Last text.
            """;

    @Test
    void a_lesson_is_a_title_and_texts_with_steps() {
        Lesson lesson = Lesson.parse(7, MARKDOWN);

        assertThat(lesson.title()).isEqualTo("7 A title");
        assertThat(lesson.parts())
                .extracting(Lesson.Part::text)
                .containsExactly("# 7 A title\n\nFirst text.", "Second text.", "Last text.");
        assertThat(lesson.steps()).extracting(Step::repeated).containsExactly(false, true);
    }

    @Test
    void the_command_of_a_step_is_run_in_a_folder_and_repeated_until_its_output_is_expected(@TempDir Path folder) {
        assertThat(Lesson.parse(7, MARKDOWN).steps())
                .extracting(step -> step.run(folder, Map.of()))
                .containsExactly("one two\n", "x\nx\n");
    }

    @Test
    void every_lesson_of_the_documents_has_steps() {
        assertThat(Lesson.in(Path.of("..")))
                .isNotEmpty()
                .allSatisfy(lesson -> assertThat(lesson.steps()).isNotEmpty());
    }
}
