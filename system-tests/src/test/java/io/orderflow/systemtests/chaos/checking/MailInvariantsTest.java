package io.orderflow.systemtests.chaos.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import io.orderflow.systemtests.chaos.checking.Observations.Order;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailInvariantsTest extends CorrectRun {

    private static final String MAILS = "one mail per order and kind, no kind missing";

    private static final String REPEATED = "a mail is repeated only with its message id, and only after a fault";

    @Test
    void a_mail_that_is_missing_is_named() {
        mails.removeIf(mail -> mail.kind().equals("dispatch-note"));
        assertBroken(MAILS, "shipped", "dispatch-note");
    }

    @Test
    void a_mail_that_should_not_have_been_sent_is_named() {
        mails.add(new Mail("cancelled", "dispatch-note", "m9"));
        assertBroken(MAILS, "cancelled", "dispatch-note");
    }

    @Test
    void a_delay_notice_is_for_orders_that_were_confirmed() {
        mails.add(new Mail("shipped", "delay-notice", "m9"));
        assertThat(broken(MAILS)).isEmpty();

        mails.add(new Mail("cancelled", "delay-notice", "m10"));
        assertBroken(MAILS, "cancelled", "delay-notice");
    }

    @Test
    void a_mail_about_an_unknown_order_is_named() {
        mails.add(new Mail("unknown", "confirmation", "m9"));
        assertBroken(MAILS, "unknown");
    }

    @Test
    void a_confirmation_may_be_missing_before_a_cancellation_after_a_fault() {
        orders.add(new Order(
                "changed", "buyer-5", "CANCELLED", Map.of("MUG", 1), Set.of("PENDING", "CONFIRMED", "CANCELLED")));
        mails.add(new Mail("changed", "cancellation", "m9"));
        assertBroken(MAILS, "changed", "confirmation");

        mailFaults = 1;

        assertThat(broken(MAILS)).isEmpty();
    }

    @Test
    void two_different_mails_of_a_kind_are_named() {
        mailFaults = 1;
        mails.add(new Mail("shipped", "confirmation", "another"));
        assertBroken(REPEATED, "shipped", "confirmation", "2 different");
    }

    @Test
    void a_repeated_mail_is_named_unless_a_fault_may_repeat_it() {
        mails.add(mails.get(0));
        assertBroken(REPEATED, "shipped", "the same confirmation 2 times", "after 0 faults");

        mailFaults = 1;
        assertThat(broken(REPEATED)).isEmpty();

        mails.add(mails.get(0));
        assertBroken(REPEATED, "3 times");
    }

    @Test
    void a_phantom_order_with_other_mails_than_a_cancellation_is_named() {
        phantoms.add("phantom");
        assertBroken(MAILS, "phantom");

        mails.add(new Mail("phantom", "cancellation", "m8"));
        assertThat(broken(MAILS)).isEmpty();

        mails.add(new Mail("phantom", "confirmation", "m9"));
        assertBroken(MAILS, "phantom", "confirmation");
    }
}
