package io.orderflow.email.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LettersTest {

    private static final OrderId ORDER = new OrderId("order-1");

    @Test
    void aConfirmationSaysWhatWasOrderedAndWhatItCosts() {
        Letter letter = Letters.confirmation(
                ORDER, List.of(new OrderItem("MUG", 2), new OrderItem("BOOK", 1)), new BigDecimal("59.70"));

        assertThat(letter.subject()).isEqualTo("Your order order-1 is confirmed");
        assertThat(letter.text()).contains("2 x MUG", "1 x BOOK", "Total: 59.70");
    }

    @Test
    void theMessageIdFollowsFromOrderAndKind() {
        assertThat(Letters.dispatchNote(ORDER, "Parcel", "T-1").messageId())
                .isEqualTo("<order-1.dispatch-note@orderflow.example>");
    }

    @Test
    void whatComesFromElsewhereBreaksNoLine() {
        String evil = "x\r\nBcc: victim@example.com\r\n\r\nBuy now";

        assertThat(new Letter(ORDER, LetterKind.REJECTION, evil, "").subject()).doesNotContain("\r", "\n");
        assertThat(Letters.cancellation(ORDER, evil).text()).doesNotContain("\r", "\nBcc", "\nBuy");
        assertThat(Letters.dispatchNote(ORDER, evil, evil).text()).doesNotContain("\r", "\nBcc", "\nBuy");
    }

    @Test
    void lettersCanBeWrittenWithoutReasons() {
        assertThat(Letters.rejection(ORDER, null).text()).contains("cannot be fulfilled.");
        assertThat(Letters.confirmation(ORDER, List.of(), null).text()).doesNotContain("null", "Total");
    }
}
