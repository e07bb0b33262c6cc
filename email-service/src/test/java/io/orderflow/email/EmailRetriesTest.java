package io.orderflow.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EmailRetriesTest extends RunningEmailService {

    @Autowired
    MeterRegistry meters;

    @Test
    void a_dispatch_note_before_the_address_is_sent_later() {
        double before = retries();
        dispatch();
        await().until(() -> retries() > before);
        create();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> subjects().contains("Your order " + order + " is on its way"));
    }

    @Test
    void leases_of_a_killed_instance_delay_no_other_email_and_expire() {
        double before = retries();
        List<String> leased = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(5)
                .peek(this::leaseElsewhere)
                .toList();
        leased.forEach(this::dispatch);
        await("each has failed, and none waits for another").until(() -> retries() >= before + leased.size());

        create();
        dispatch();
        await().until(() -> subjects().contains("Your order " + order + " is on its way"));

        jdbc.sql("update mail set claimed_until = now() where status = 'PENDING'")
                .update();
        await().atMost(Duration.ofSeconds(30)).until(() -> subjects().size() == 1 + leased.size());
    }

    private void leaseElsewhere(String id) {
        jdbc.sql("insert into contact (order_id, email) values (?, 'ada@example.org')")
                .param(id)
                .update();
        jdbc.sql("""
                        insert into mail (order_id, kind, status, subject, message_id, attempts, claimed_until)
                        values (?, 'DISPATCH_NOTE', 'PENDING', '', ?, 1, now() + interval '1 hour')""").params(id, id).update();
    }

    @Test
    void emails_wait_while_the_mail_server_is_unavailable() {
        create();
        SMTP.stop();
        try {
            confirm();
            await().until(() -> mail("confirmation").path("attempts").asInt(0) > 0);
            assertThat(mail("confirmation").get("status").stringValue()).isEqualTo("PENDING");
        } finally {
            SMTP.start();
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> mail("confirmation").get("status").stringValue().equals("SENT"));
    }

    private double retries() {
        return meters.get("messaging.retried").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
