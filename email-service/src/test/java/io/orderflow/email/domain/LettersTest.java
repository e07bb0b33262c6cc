package io.orderflow.email.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersTest {

    private static final OrderId ORDER = new OrderId("order-1");

    @Test
    void aConfirmationSaysWhatWasOrderedAndWhatItCosts() {
        Letter letter = Letters.confirmation(
                ORDER, List.of(new OrderItem("MUG", 2), new OrderItem("BOOK", 1)), new BigDecimal("59.70"), "EUR");

        assertThat(letter.subject()).isEqualTo("Your order order-1 is confirmed");
        assertThat(letter.text()).contains("2 x MUG", "1 x BOOK", "Total: 59.70 EUR\n");
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
        assertThat(Letters.rejection(ORDER, null, List.of()).text())
                .contains("cannot deliver everything")
                .doesNotContain("null");
        assertThat(Letters.cancellation(ORDER, null).text())
                .contains("your order is cancelled.")
                .doesNotContain("null");
        assertThat(Letters.confirmation(ORDER, List.of(), null, null).text()).doesNotContain("null", "Total");
    }

    @Test
    void aTotalOfAnEarlierEventIsInEuros() {
        assertThat(Letters.confirmation(ORDER, List.of(), new BigDecimal("9.90"), null)
                        .text())
                .contains("Total: 9.90 EUR\n");
    }

    @Test
    void aRejectionNamesArticleAndQuantity() {
        assertThat(Letters.rejection(ORDER, InventoryRejected.OUT_OF_STOCK, List.of(new OrderItem("LAST-ONE", 2)))
                        .text())
                .contains("we do not have enough of what you ordered:\n\n  2 x LAST-ONE\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                OrderCancelled.BY_CUSTOMER + "| as you wished",
                OrderCancelled.NOT_CONFIRMED + "| could not find out in time",
                OrderCancelled.NOT_SHIPPED + "| nobody to carry your parcel"
            })
    void everyReasonForACancellationIsToldInACustomersWords(String reason, String told) {
        assertThat(Letters.cancellation(ORDER, reason).text()).contains(told);
    }

    @Test
    void aReasonThatIsNotMeantForCustomersStaysBetweenTheServices() {
        String internal = "withdrawn by shipping";
        assertThat(Letters.cancellation(ORDER, internal).text()).doesNotContain(internal);
        assertThat(Letters.rejection(ORDER, internal, List.of()).text()).doesNotContain(internal);
    }
}
