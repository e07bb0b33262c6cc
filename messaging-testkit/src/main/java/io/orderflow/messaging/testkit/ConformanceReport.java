package io.orderflow.messaging.testkit;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.MessagingPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes the results of a broker to {@code <broker>.tsv}: one line per scenario, with the columns group of scenarios, scenario,
 * result, and why it was skipped. A run of single scenarios writes only these. How the broker carries
 * each pattern is written to {@code <broker>.patterns}.
 */
final class ConformanceReport implements TestWatcher, AfterAllCallback {

    /** Where to write, as a JUnit configuration parameter or system property. */
    static final String DIRECTORY = "orderflow.conformance.directory";

    private static final String DEFAULT_DIRECTORY = "target/conformance";

    private final Set<String> lines = new ConcurrentSkipListSet<>();
    private volatile @Nullable BrokerTraits traits;

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
            String broker = traits == null ? "unknown" : traits.name();
            Files.write(directory.resolve(broker + ".tsv"), lines);
            Files.write(directory.resolve(broker + ".patterns"), patterns());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> patterns() {
        BrokerTraits of = traits;
        return of == null
                ? List.of()
                : Stream.of(MessagingPattern.values())
                        .map(each -> each + "\t" + of.support(each))
                        .toList();
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
                .ifPresent(test -> traits = test.scenario().traits());
    }
}
