package io.orderflow.localstack.lessons;

import io.orderflow.localstack.CommandLine;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code ./orderflow lesson 5}: prints a lesson, and at each command waits for Enter and runs it. Ends with 1 if a command prints something else than the lesson says.
 */
public final class WalkThrough {

    private static final String USAGE = "usage: ./orderflow lesson [N] [--no-wait] [--port-offset N]\n";
    private static final Path FOLDER = Path.of("").toAbsolutePath();

    private final boolean waits;
    private final Map<String, String> environment;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    private final PrintStream out = System.out;
    private boolean asExpected = true;

    private WalkThrough(boolean waits, Map<String, String> environment) {
        this.waits = waits;
        this.environment = environment;
    }

    public static void main(String[] arguments) throws IOException {
        try {
            CommandLine line = CommandLine.parse(USAGE, Set.of("no-wait"), Set.of("port-offset"), arguments);
            List<Lesson> lessons = Lesson.in(FOLDER);
            if (line.word().isEmpty()) {
                lessons.forEach(lesson -> System.out.println(lesson.title()));
                return;
            }
            Lesson chosen = lessons.stream()
                    .filter(lesson -> line.word().equals(Integer.toString(lesson.number())))
                    .findFirst()
                    .orElseThrow(() -> line.error("There is no lesson '" + line.word() + "'."));
            System.exit(new WalkThrough(!line.has("no-wait"), environment(line)).run(chosen) ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** With the port offset, for the commands of {@code ./orderflow}, and the ports, for others. */
    private static Map<String, String> environment(CommandLine line) {
        int offset = line.portOffset();
        if (offset == 0) {
            return Map.of();
        }
        Map<String, String> environment = new HashMap<>(Service.ports(offset));
        environment.put(CommandLine.PORT_OFFSET, Integer.toString(offset));
        return environment;
    }

    private boolean run(Lesson lesson) throws IOException {
        for (Lesson.Part part : lesson.parts()) {
            out.println(part.text() + "\n");
            Step step = part.step();
            if (step != null) {
                run(step);
            }
        }
        return asExpected;
    }

    private void run(Step step) throws IOException {
        out.print("$ " + step.command());
        if (waits) {
            out.print("  [Enter]");
            out.flush();
            in.readLine();
        } else {
            out.println();
        }
        String printed = step.run(FOLDER, environment);
        out.println(printed);
        if (!step.output().matches(printed)) {
            asExpected = false;
            out.println("The lesson expects something else:\n" + step.output().text());
        }
    }
}
