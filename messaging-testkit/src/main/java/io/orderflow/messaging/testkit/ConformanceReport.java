package io.orderflow.messaging.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes the results of a broker to {@code <broker>.tsv}: one line per scenario, with the columns group of scenarios, scenario,
 * result, and why it was skipped. A run of single scenarios writes only these.
 */
final class ConformanceReport implements TestWatcher, AfterAllCallback {

    /** Where to write, as a JUnit configuration parameter or system property. */
    static final String DIRECTORY = "orderflow.conformance.directory";

    private static final String DEFAULT_DIRECTORY = "target/conformance";

    private final TreeSet<String> lines = new TreeSet<>();
    private String broker = "unknown";

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, "passed", "");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).replace("Assumption failed: ", "");
        add(context, "skipped", reason);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, "skipped", reason.orElse(""));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        add(context, "failed", "");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Path directory = Path.of(context.getConfigurationParameter(DIRECTORY).orElse(DEFAULT_DIRECTORY));
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(broker + ".tsv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ExtensionContext context, String result, String reason) {
        Method method = context.getRequiredTestMethod();
        String group = method.getDeclaringClass().getSimpleName().replace("Scenarios", "");
        lines.add(String.join(
                "\t",
                group,
                context.getDisplayName(),
                result,
                reason.replaceAll("\\s+", " ").strip()));
        context.getTestInstance()
                .map(BrokerConformance.class::cast)
                .ifPresent(test -> broker = test.scenario().traits().name());
    }
}
