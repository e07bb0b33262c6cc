package io.orderflow.order.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFingerprintTest {

    private static final String BODY = """
            {"b": [{"y": 1, "x": "\u00e4"}, null], "a": 1.50}""";

    /** The SHA-256 of {"a":1.50,"b":[{"x":"\u00e4","y":1},null]}. Fingerprints are stored in databases. */
    @Test
    void theFormOfAVersionDoesNotChange() {
        assertThat(fingerprint(BODY)).isEqualTo("2:ae2a44745b44aea40f804f51135c448c8948a9901460bc77485de4a9cdb741ec");
    }

    @Test
    void whiteSpaceOrderAndNullFieldsDoNotMatter() {
        assertThat(fingerprint("{\"a\":1.50,\"c\":null,\"b\":[{\"z\":null,\"x\":\"\\u00e4\",\"y\":1},null]}"))
                .isEqualTo(fingerprint(BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":[{\"x\":\"\u00e4\",\"y\":1}],\"a\":1.50}",
                "{\"b\":[null,{\"x\":\"\u00e4\",\"y\":1}],\"a\":1.50}",
                "{\"b\":[{\"x\":\"\u00e4\",\"y\":\"1\"},null],\"a\":1.50}",
                "{\"b\":[{\"x\":\"\u00e4\",\"y\":1},null],\"a\":2}",
                "",
                "{",
                "{} {}",
            })
    void anotherRequestHasAnotherFingerprint(String other) {
        assertThat(fingerprint(other)).isNotEqualTo(fingerprint(BODY)).startsWith("2:");
    }

    @Test
    void numbersThatWouldBeLongAreNotExpanded() {
        assertThat(fingerprint("{\"a\":1e999999999}")).isNotEqualTo(fingerprint("{\"a\":1e999999998}"));
    }

    private static String fingerprint(String body) {
        return RequestFingerprint.of(body.getBytes(UTF_8));
    }
}
