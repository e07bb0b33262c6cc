package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10                      | 10",
                "Wait = 5                     | 5",
                "wait=\"5\"                   | 5",
                "respond-async, wait=7        | 7",
                "wait=7; foo=1                | 7",
                "wait=31                      | 30",
                "wait=999999999               | 30",
                "wait=99999999999999999999    | 0",
                "wait=-1                      | 0",
                "wait                         | 0",
                "wait=x                       | 0",
                "await=10                     | 0",
                "wait=1.5                     | 0",
            })
    void anInvalidPreferenceIsIgnored(String header, long seconds) {
        assertThat(WaitPreference.of(List.of(header)).time()).hasSeconds(seconds);
    }

    @Test
    void withoutAPreferenceNothingWaits() {
        assertThat(WaitPreference.of(null).time()).isZero();
    }
}
