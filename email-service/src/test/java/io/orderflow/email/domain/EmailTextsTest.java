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

class EmailTextsTest {

    private static final OrderId ORDER = new OrderId("order-1");

    @Test
    void a_confirmation_lists_the_items_and_the_total() {
        Email email = EmailTexts.confirmation(
                ORDER, List.of(new OrderItem("MUG", 2), new OrderItem("BOOK", 1)), new BigDecimal("59.70"), "EUR");

        assertThat(email.subject()).isEqualTo("Your order order-1 is confirmed");
        assertThat(email.text()).contains("2 x MUG", "1 x BOOK", "Total: 59.70 EUR\n");
    }

    @Test
    void the_message_id_is_derived_from_order_and_kind() {
        assertThat(EmailTexts.dispatchNote(ORDER, "Parcel", "T-1").messageId())
                .isEqualTo("<order-1.dispatch-note@orderflow.example>");
    }

    @Test
    void foreign_text_contains_no_line_breaks() {
        String evil = "x\r\nBcc: victim@example.com\r\n\r\nBuy now";

        assertThat(new Email(ORDER, EmailKind.REJECTION, evil, "", null).subject())
                .doesNotContain("\r", "\n");
        assertThat(EmailTexts.cancellation(ORDER, evil).text()).doesNotContain("\r", "\nBcc", "\nBuy");
        assertThat(EmailTexts.dispatchNote(ORDER, evil, evil).text()).doesNotContain("\r", "\nBcc", "\nBuy");
    }

    @Test
    void emails_need_no_reasons() {
        assertThat(EmailTexts.rejection(ORDER, null, List.of()).text())
                .contains("cannot deliver everything")
                .doesNotContain("null");
        assertThat(EmailTexts.cancellation(ORDER, null).text())
                .contains("your order is cancelled.")
                .doesNotContain("null");
        assertThat(EmailTexts.confirmation(ORDER, List.of(), null, null).text()).doesNotContain("null", "Total");
    }

    @Test
    void a_total_without_a_currency_is_in_euros() {
        assertThat(EmailTexts.confirmation(ORDER, List.of(), new BigDecimal("9.90"), null)
                        .text())
                .contains("Total: 9.90 EUR\n");
    }

    @Test
    void a_rejection_lists_the_missing_items() {
        assertThat(EmailTexts.rejection(ORDER, InventoryRejected.OUT_OF_STOCK, List.of(new OrderItem("LAST-ONE", 2)))
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
    void every_reason_for_a_cancellation_has_a_text_for_customers(String reason, String text) {
        assertThat(EmailTexts.cancellation(ORDER, reason).text()).contains(text);
    }

    @Test
    void internal_reasons_are_not_quoted() {
        String internal = "withdrawn by shipping";
        assertThat(EmailTexts.cancellation(ORDER, internal).text()).doesNotContain(internal);
        assertThat(EmailTexts.rejection(ORDER, internal, List.of()).text()).doesNotContain(internal);
    }
}
