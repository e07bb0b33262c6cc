package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceClientTest {

    private final StubService service = new StubService();

    @AfterEach
    void end() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {"detail": "There is none."} | There is none.
                    {"detail": "See errors.", "errors": [{"field": "state", "message": "must be one of A, B"}, {"field": "size", "message": "must be a number"}]} | state must be one of A, B; size must be a number
                    {"detail": "See errors.", "errors": []} | See errors.
                    {} | answered 400
                    <html> | answered 400
                    """)
    void a_refusal_becomes_an_exception_with_the_reason(String answer, String reason) {
        service.answer("/", 400, answer);
        ServiceClient port = service.port("inventory");

        assertThatThrownBy(() -> port.get("/dead-letters"))
                .isInstanceOf(StackException.class)
                .hasMessage("inventory-service: " + reason);
    }
}
