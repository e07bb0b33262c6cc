package io.orderflow.systemtests;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties of a module with defaults and descriptions: from its configuration metadata, and for the values of maps,
 * which have no metadata, from the bound records.
 */
final class ConfigurationTable {

    private static final Pattern VALUES = Pattern.compile("^java\\.util\\.Map<.*?([\\w.]+(?:\\$\\w+)?)>+$");

    private final Path module;
    private final SortedMap<String, String> rows = new TreeMap<>();

    private ConfigurationTable(Path module) {
        this.module = module;
    }

    static String of(Path module) throws IOException {
        ConfigurationTable table = new ConfigurationTable(module);
        Path metadata = module.resolve("target/classes/META-INF/spring-configuration-metadata.json");
        for (JsonNode property :
                JsonMapper.shared().readTree(Files.readString(metadata)).get("properties")) {
            table.add(property);
        }
        return "\n| property | default | what it sets |\n|---|---|---|\n" + String.join("", table.rows.values()) + "\n";
    }

    private void add(JsonNode property) throws IOException {
        String name = property.get("name").asString();
        String type = property.get("type").asString();
        Matcher values = VALUES.matcher(type);
        if (!values.matches()) {
            row(
                    name,
                    property.path("defaultValue").asString(""),
                    property.path("description").asString(""));
            return;
        }
        boolean perGroup = type.indexOf("Map<") != type.lastIndexOf("Map<");
        String entry =
                name + (perGroup ? ".<topic>.<group>" : name.endsWith(".senders") ? ".<application>" : ".<topic>");
        if (values.group(1).startsWith("io.orderflow.")) {
            addAll(entry, values.group(1));
        } else {
            row(entry, "", property.path("description").asString(""));
        }
    }

    private void addAll(String prefix, String recordName) throws IOException {
        Class<?> record;
        try {
            record = Class.forName(recordName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        // the annotation is on the constructor parameter only
        Parameter[] parameters = record.getDeclaredConstructors()[0].getParameters();
        RecordComponent[] components = record.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
            if (component.getType().isRecord()) {
                addAll(name, component.getType().getName());
            } else {
                row(name, defaultOf(parameters[i]), description(record, component.getName()));
            }
        }
    }

    private static String defaultOf(Parameter parameter) {
        DefaultValue stated = parameter.getAnnotation(DefaultValue.class);
        if (stated != null) {
            return String.join(", ", stated.value());
        }
        return parameter.getType() == boolean.class ? "false" : "";
    }

    /** The record's {@code @param}, in the Javadoc right before its declaration. */
    private String description(Class<?> record, String component) throws IOException {
        Path source = module.resolve("src/main/java")
                .resolve(record.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java");
        String text = Files.readString(source);
        String before = text.substring(0, text.indexOf("record " + record.getSimpleName() + "("));
        String javadoc = before.substring(before.lastIndexOf("/**")).replaceAll("\\n *\\*/?", "\n");
        Matcher param = Pattern.compile("(?s)@param " + component + "\\s(.*?)(?=\\n *@param|\\z|\\n *\\n)")
                .matcher(javadoc);
        return param.find() ? param.group(1) : "";
    }

    private void row(String name, String value, String description) {
        String text = description
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@(?:code|link) #?([^}]*)\\}", "`$1`")
                .strip();
        String sentence = text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
        rows.put(name, "| `" + name + "` | " + (value.isEmpty() ? "" : "`" + value + "`") + " | " + sentence + " |\n");
    }
}
