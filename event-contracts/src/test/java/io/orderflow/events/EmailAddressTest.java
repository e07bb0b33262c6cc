package io.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.org",
                "ada.lovelace+orders@mail.example.com",
                "o'brien@example.org",
                "{x}@a-b.example",
                "1@2.3",
                "a@xn--bcher-kva.example"
            })
    void acceptsValidAddresses(String address) {
        assertThat(EmailAddress.of(address).value()).isEqualTo(address);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@",
                "@example.org",
                "a..b@x.org",
                ".a@x.org",
                "a.@x.org",
                "a@localhost",
                "a@x..org",
                "a@.x.org",
                "a@x.org.",
                "a@-x.org",
                "a@x-.org",
                "a@b@x.org",
                "a b@x.org",
                "\"a b\"@x.org",
                "a@[127.0.0.1]",
                "a@b.org,c@d.org",
                "Ada <a@b.org>",
                "a@b.org\r\nBcc: c@d.org",
                "a@b.org\n",
                "\u00e4@b.org",
                "a@b\u00fccher.org"
            })
    void rejectsInvalidAddresses(String address) {
        assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(() -> EmailAddress.of(address));
    }

    @Test
    void limitsTheLengthOfItsParts() {
        assertThat(EmailAddress.of("a".repeat(64) + "@" + "b".repeat(63) + ".org"))
                .isNotNull();
        for (String tooLong :
                new String[] {"a".repeat(65) + "@b.org", "a@" + "b".repeat(64) + ".org", "a@" + "b.".repeat(126) + "org"
                }) {
            assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(() -> EmailAddress.of(tooLong));
        }
    }

    @Test
    void rejectsAVeryLongTextWithAShortMessage() {
        String tooLong = "a@" + "b.".repeat(500_000) + "org";

        assertThatExceptionOfType(InvalidOrderException.class)
                .isThrownBy(() -> EmailAddress.of(tooLong))
                .withMessageContaining("1000005 characters")
                .satisfies(rejection -> assertThat(rejection.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void printsTheAddressMasked() {
        assertThat(EmailAddress.of("ada@example.com")).hasToString("a***@example.com");
    }
}
