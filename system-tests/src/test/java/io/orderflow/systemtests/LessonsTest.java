package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.orderflow.localstack.lessons.Lesson;
import io.orderflow.localstack.lessons.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the lessons print what the lessons say, on one stack: those of five lessons, or of all. */
@Tag("jars")
class LessonsTest {

    private static final Set<Integer> ORDINARY = Set.of(1, 3, 4, 5, 8);
    private static final String BROKER = "redis";

    @TempDir
    static Path folder;

    private static StackInTerminal stack;

    @BeforeAll
    static void start() throws IOException {
        stack = new StackInTerminal(folder, BROKER);
        stack.awaitUp();
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        // a lesson may have replaced the stack
        Process down = stack.start("down.log", List.of("sh", "orderflow", "down"));
        assertThat(down.waitFor(90, TimeUnit.SECONDS)).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> lessons() {
        return Lesson.in(Path.of("..")).stream()
                .filter(lesson -> TestSelection.all() || ORDINARY.contains(lesson.number()))
                .map(lesson -> dynamicTest(lesson.title(), () -> lesson.steps().forEach(LessonsTest::run)));
    }

    private static void run(Step step) {
        String printed = step.run(folder, stack.ports());
        assertThat(step.output().matches(printed))
                .as(
                        "$ %s%nprints:%n%s%nand not:%n%s",
                        step.command(), printed, step.output().text())
                .isTrue();
    }
}
