package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AsyncApiChangesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String BEFORE = """
            {"channels": {"orders": {"messages": {"order.created.v1": {}}}},
             "components": {
                "messages": {"order.created.v1": {"payload": {"$ref": "#/components/schemas/OrderCreated"}}},
                "schemas": {"OrderCreated": {"type": "object", "required": ["orderId"], "properties": {
                    "orderId": {"type": "string"}, "total": {"type": ["number", "null"]}}}}}}
            """;

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"messages\": {\"order.created.v1\": {}}      | \"messages\": {}          | orders: order.created.v1 removed",
                "\"total\"                                     | \"sum\"                   | order.created.v1.total: removed",
                "[\"orderId\"]                                 | [\"orderId\", \"total\"]  | order.created.v1.total: required now",
                "[\"orderId\"]                                 | []                        | order.created.v1.orderId: not always there now",
                "\"orderId\": {\"type\": \"string\"}           | \"orderId\": {\"type\": \"integer\"} | order.created.v1.orderId: type [string] is [integer] now",
            })
    void anIncompatibleChangeIsFound(String before, String after, String change) {
        assertThat(BEFORE).contains(before);
        assertThat(AsyncApiChanges.between(JSON.readTree(BEFORE), JSON.readTree(BEFORE.replace(before, after))))
                .contains(change);
    }

    @Test
    void anOptionalPropertyAndANewTypeAreCompatible() {
        String after = BEFORE.replace("\"total\"", "\"currency\": {\"type\": [\"string\", \"null\"]}, \"total\"")
                .replace("\"order.created.v1\": {}", "\"order.created.v1\": {}, \"order.created.v2\": {}");
        assertThat(AsyncApiChanges.between(JSON.readTree(BEFORE), JSON.readTree(after)))
                .isEmpty();
    }
}
