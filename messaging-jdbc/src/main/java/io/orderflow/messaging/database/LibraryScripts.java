package io.orderflow.messaging.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The library's migrations, in the order of their numbers, and the tables that they create. */
public final class LibraryScripts {

    static final String LOCATION = "classpath:db/messaging";

    /** The table in which the library's Flyway records what it has applied. */
    static final String HISTORY = "messaging_schema_history";

    private static final Pattern NAME = Pattern.compile("V0\\.(\\d+)__.*\\.sql");
    private static final Pattern TABLE = Pattern.compile(
            "^\\s*(?:create\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(?<created>\\w+)"
                    + "|drop\\s+table\\s+(?:if\\s+exists\\s+)?(?<dropped>\\w+)"
                    + "|alter\\s+table\\s+(?<renamed>\\w+)\\s+rename\\s+to\\s+(?<name>\\w+))",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final List<Script> all;

    private LibraryScripts(List<Script> all) {
        this.all = all;
    }

    /** @param number what comes after "0." in its version */
    record Script(int number, String name, String sql) {}

    /**
     * Creates the tables in an empty schema, for Spring's {@code DataSourceInitializer} or a test: without Flyway and without a history,
     * so that the next version of the library cannot upgrade them.
     */
    public static ResourceDatabasePopulator populator() {
        return populator(number -> true);
    }

    static ResourceDatabasePopulator populator(IntPredicate numbers) {
        return new ResourceDatabasePopulator(onClasspath().all.stream()
                .filter(each -> numbers.test(each.number()))
                .map(each -> new ByteArrayResource(each.sql().getBytes(StandardCharsets.UTF_8), each.name()))
                .toArray(Resource[]::new));
    }

    static LibraryScripts onClasspath() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver(LibraryScripts.class.getClassLoader())
                    .getResources("classpath*:db/messaging/V0.*.sql");
            return new LibraryScripts(Arrays.stream(found)
                    .map(LibraryScripts::read)
                    .sorted(Comparator.comparingInt(Script::number))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The migrations in " + LOCATION + " cannot be read.", e);
        }
    }

    private static Script read(Resource resource) {
        try {
            String name = String.valueOf(resource.getFilename());
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new IllegalStateException(name + " in " + LOCATION + " has no version 0.n.");
            }
            return new Script(
                    Integer.parseInt(matcher.group(1)), name, resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read.", e);
        }
    }

    List<Script> all() {
        return all;
    }

    String[] names() {
        return all.stream().map(Script::name).toArray(String[]::new);
    }

    SortedSet<String> tables() {
        SortedSet<String> tables = new TreeSet<>();
        for (Script script : all) {
            Matcher statement = TABLE.matcher(script.sql());
            while (statement.find()) {
                if (statement.group("created") != null) {
                    tables.add(statement.group("created"));
                } else if (statement.group("dropped") != null) {
                    tables.remove(statement.group("dropped"));
                } else {
                    tables.remove(statement.group("renamed"));
                    tables.add(statement.group("name"));
                }
            }
        }
        return tables;
    }
}
