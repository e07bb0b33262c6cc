package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow demo request-reply}: order-service asks shipping-service for quotes, by messages. */
record RequestReplyDemo(ServiceClient orders, PrintStream out) {

    /** Returns whether all is as expected. */
    boolean run() {
        boolean standard = quote("standard", 3).equals("6.40 EUR in 3 working days");
        boolean express = quote("express", 3).equals("15.90 EUR in 1 working days");
        boolean refused = quote("express", 101).contains("1 to 100 articles");
        boolean asExpected = standard && express && refused;
        out.println(asExpected ? "All as expected." : "Not all is as expected.");
        return asExpected;
    }

    private String quote(String priority, int articles) {
        long start = System.nanoTime();
        String answer;
        try {
            JsonNode quote = orders.post("/shipping-quotes", Map.of("priority", priority, "articles", articles));
            answer = quote.get("price").decimalValue().setScale(2).toPlainString() + " "
                    + quote.get("currency").asString() + " in "
                    + quote.get("days").asInt() + " working days";
        } catch (StackException refused) {
            answer = String.valueOf(refused.getMessage());
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        out.printf("%3d articles, %-8s  %5d ms  %s%n", articles, priority, millis, answer);
        return answer;
    }
}
