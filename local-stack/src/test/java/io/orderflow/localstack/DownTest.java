package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownTest {

    @Test
    void the_offset_of_up_is_accepted() {
        assertThatCode(() -> Down.check()).doesNotThrowAnyException();
        assertThatCode(() -> Down.check("--port-offset", "1000")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --port-offset   | --port-offset needs a value.
                    --port-offset x | --port-offset needs a number, not 'x'.
                    --all           | There is no option '--all'.
                    """)
    void other_arguments_are_rejected(String line, String sentence) {
        assertThatThrownBy(() -> Down.check(line.split(" ")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(sentence);
    }
}
