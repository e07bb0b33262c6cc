package io.orderflow.systemtests;

import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The topics of the services with their publishers, and the groups that read them. */
record TopicTable(List<ServiceDescription> services, List<List<String>> support) {

    private static final String PATTERNS = "docs/patterns/README.md";

    /** @param root of the repository, where the table of the conformance run is */
    static String of(Path root) throws IOException {
        List<List<String>> support = Files.readAllLines(root.resolve(PATTERNS)).stream()
                .dropWhile(line -> !line.startsWith("| Pattern |"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(String::strip)
                        .skip(1)
                        .toList())
                .toList();
        return new TopicTable(ServiceDescription.all(), support).toString();
    }

    @Override
    public String toString() {
        return "\n| topic | order | published by | how brokers carry it |\n|---|---|---|---|\n"
                + ServiceTopics.all().stream().map(this::topic).collect(Collectors.joining())
                + "\n| group | topic | service | types | filter | unit of work | retries |\n|---|---|---|---|---|---|---|\n"
                + ServiceTopics.all().stream().flatMap(this::readers).collect(Collectors.joining()) + "\n";
    }

    private String topic(String topic) {
        Topic.Kind kind = ServiceTopics.kind(topic);
        String order = switch (kind) {
            case KEYED -> "of each key";
            case WORK_QUEUE -> "none";
            case BROADCAST -> "as sent, to every instance";
        };
        String publishers = services.stream()
                .filter(each -> each.publishes(topic))
                .map(each -> each.name() + ": " + types(each, topic))
                .collect(Collectors.joining("; "));
        return row(code(topic), order, publishers, carried(pattern(topic, kind)));
    }

    private String pattern(String topic, Topic.Kind kind) {
        boolean replied = services.stream()
                .flatMap(each -> each.registry().consumed().stream())
                .filter(each -> each.subscription().topic().equals(topic))
                .anyMatch(each -> !TopicDiagram.replies(each).isEmpty());
        return replied
                ? "request-reply"
                : switch (kind) {
                    case KEYED -> "publish-subscribe";
                    case WORK_QUEUE -> "work-queue";
                    case BROADCAST -> "broadcast";
                };
    }

    private static String types(ServiceDescription service, String topic) {
        return service.registry().published().stream()
                .filter(each -> each.topics().contains(topic))
                .map(EventType::name)
                .map(TopicTable::code)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private String carried(String pattern) {
        List<String> brokers = support.get(0);
        List<String> cells = support.stream()
                .filter(row -> row.get(0).equals(pattern))
                .findFirst()
                .orElseThrow();
        String emulated = IntStream.range(1, cells.size())
                .filter(i -> cells.get(i).equals("emulated"))
                .mapToObj(brokers::get)
                .collect(Collectors.joining(", "));
        return pattern + ": native" + (emulated.isEmpty() ? "" : ", emulated on " + emulated);
    }

    private Stream<String> readers(String topic) {
        return services.stream()
                .flatMap(service -> service.registry().consumed().stream()
                        .filter(each -> each.subscription().topic().equals(topic))
                        .map(each -> reader(service, each)));
    }

    private static String reader(ServiceDescription service, EventSubscription reads) {
        MessageFilter filter = reads.subscription().options().filter();
        String replies = TopicDiagram.replies(reads);
        return row(
                code(reads.subscription().group()),
                code(reads.subscription().topic()),
                service.name(),
                reads.handled().keySet().stream().map(TopicTable::code).collect(Collectors.joining(", "))
                        + (replies.isEmpty() ? "" : ", replies " + code(replies)),
                filter.isNone() ? "" : code(filter.toString()),
                reads.unitOfWork().name(),
                reads.subscription().broadcast()
                        ? "none, dropped"
                        : reads.retryPolicy().toString());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
