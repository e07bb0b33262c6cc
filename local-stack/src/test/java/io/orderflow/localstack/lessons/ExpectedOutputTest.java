package io.orderflow.localstack.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedOutputTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    'one\n',                          'one\n',                                   true
                    'one\n',                          'two\n',                                   false
                    'one\n',                          'one\ntwo\n',                              false
                    'one ... three\n',                'one two three\n',                         true
                    'one ... three\n',                'one\nthree\n',                            false
                    'one\n...\nthree\n',              'one\nthree\n',                            true
                    'one\n...\nthree\n',              'one\ntwo\ntwo\nthree\n',                  true
                    'one\n...\n',                     'two\n',                                   false
                    'A  B\n',                         'A      B   \n',                           true
                    'took 12 ms\n',                   'took 4711 ms\n',                          true
                    'at 2026-11-27T10:00:00Z\n',      'at 2027-01-01T23:59:59.123456Z\n',        true
                    'a 11111111-2222-3333-4444-555555555555\n', 'a aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n', true
                    '3 (of 3) [a|b]* \\d\n',          '3 (of 3) [a|b]* \\d\n',                   true
                    """)
    void matches(String expected, String printed, boolean matches) {
        assertThat(new ExpectedOutput(lines(expected)).matches(lines(printed))).isEqualTo(matches);
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }
}
