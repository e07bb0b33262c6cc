package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class OpenApiChangesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String BEFORE = """
            {"paths": {"/things": {"post": {
                "parameters": [{"name": "color", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}},
                "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
             "components": {"schemas": {
                "NewThing": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["A", "B"]}}},
                "Thing": {"type": "object", "required": ["id"], "properties": {
                    "id": {"type": "string", "format": "uuid"}, "parts": {"type": "array", "items": {"type": "string"}}}}}}}
            """;

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/things                                             | /objects            | POST /things: removed",
                "201                                                 | 200                 | POST /things 201: removed",
                "color                                               | size                | POST /things?color: removed",
                "\"in\": \"query\"                                   | \"in\": \"query\", \"required\": true | POST /things?color: required now",
                "\"kind\"                                            | \"sort\"            | POST /things body.kind: removed",
                "[\"A\", \"B\"]                                      | [\"A\"]             | POST /things body.kind: fewer values",
                "\"NewThing\": {                                     | \"NewThing\": {\"required\": [\"kind\"], | POST /things body.kind: required now",
                "\"format\": \"uuid\"                                | \"format\": \"date\" | POST /things 201.id: another format",
                "\"required\": [\"id\"]                              | \"required\": []    | POST /things 201.id: not always there now",
                "\"items\": {\"type\": \"string\"}                   | \"items\": {\"type\": \"integer\"} | POST /things 201.parts[]: type [string] is [integer] now",
            })
    void anIncompatibleChangeIsFound(String before, String after, String change) {
        assertThat(BEFORE).contains(before);
        assertThat(OpenApiChanges.between(JSON.readTree(BEFORE), JSON.readTree(BEFORE.replace(before, after))))
                .contains(change);
    }

    @Test
    void additionsAreCompatible() {
        String after = BEFORE.replace("\"kind\"", "\"color\": {\"type\": \"string\"}, \"kind\"")
                .replace("[\"A\", \"B\"]", "[\"A\", \"B\", \"C\"]")
                .replace("[\"id\"]", "[\"id\", \"parts\"]")
                .replace("\"/things\"", "\"/others\": {\"get\": {}}, \"/things\"");
        assertThat(OpenApiChanges.between(JSON.readTree(BEFORE), JSON.readTree(after)))
                .isEmpty();
    }
}
