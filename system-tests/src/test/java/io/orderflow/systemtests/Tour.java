package io.orderflow.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files to read first, each with the first sentence of its class's Javadoc. */
final class Tour {

    private static final String LIBRARY = "messaging-common/src/main/java/io/orderflow/messaging/";
    private static final String DATABASE_HALF = "messaging-jdbc/src/main/java/io/orderflow/messaging/";
    private static final List<String> FILES = List.of(
            "order-service/src/main/java/io/orderflow/order/web/OrderController.java",
            "order-service/src/main/java/io/orderflow/order/usecases/PlaceOrder.java",
            "order-service/src/main/java/io/orderflow/order/domain/Order.java",
            "order-service/src/main/java/io/orderflow/order/publishing/OrderPublishing.java",
            DATABASE_HALF + "outbox/OutboxRelay.java",
            LIBRARY + "MessageBroker.java",
            LIBRARY + "runtime/ConsumerLoop.java",
            LIBRARY + "pipeline/Pipeline.java",
            "inventory-service/src/main/java/io/orderflow/inventory/handling/OrderEvents.java",
            "order-service/src/main/java/io/orderflow/order/handling/InventoryEvents.java");

    private static final Pattern CLASS_JAVADOC = Pattern.compile("(?s)\\n/\\*\\*(.*?)\\*/");
    private static final Pattern SENTENCE = Pattern.compile("^(.*?\\.)(?: |$)");

    private Tour() {}

    static String of(Path root) throws IOException {
        StringBuilder list = new StringBuilder("\n");
        for (int i = 0; i < FILES.size(); i++) {
            String file = FILES.get(i);
            String name = file.substring(file.lastIndexOf('/') + 1).replace(".java", "");
            list.append(i + 1)
                    .append(". [`")
                    .append(name)
                    .append("`](../")
                    .append(file)
                    .append("): ");
            list.append(sentence(root.resolve(file))).append('\n');
        }
        return list.append('\n').toString();
    }

    private static String sentence(Path file) throws IOException {
        Matcher javadoc = CLASS_JAVADOC.matcher(Files.readString(file));
        if (!javadoc.find()) {
            throw new IllegalStateException(file + " has no Javadoc of its class.");
        }
        String text = javadoc.group(1)
                .replaceAll("(?m)^ \\* ?", "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@\\w+ (?:\\w+)?#?([^}]*)\\}", "`$1`")
                .strip();
        Matcher sentence = SENTENCE.matcher(text);
        if (!sentence.find()) {
            throw new IllegalStateException("The Javadoc of " + file + " has no sentence.");
        }
        return sentence.group(1);
    }
}
