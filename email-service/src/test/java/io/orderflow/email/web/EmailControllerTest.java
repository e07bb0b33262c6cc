package io.orderflow.email.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.orderflow.email.domain.EmailKind;
import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.usecases.ViewEmails;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(EmailController.class)
class EmailControllerTest {

    @Autowired
    MockMvcTester http;

    @MockitoBean
    ViewEmails emails;

    @Test
    void the_emails_of_an_order_without_the_full_address() {
        given(emails.list("order-1", null, 21))
                .willReturn(List.of(new EmailRecord(
                        new OrderId("order-1"),
                        EmailKind.DISPATCH_NOTE,
                        EmailRecord.Status.SENT,
                        "Your order order-1 is on its way",
                        "<order-1.dispatch-note@orderflow.example>",
                        new EmailAddress("ada@example.org"),
                        1,
                        null,
                        Instant.parse("2026-11-21T10:00:00Z"))));

        assertThat(http.get().uri("/emails?orderId=order-1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"items": [{"orderId": "order-1", "kind": "dispatch-note", "status": "SENT",
                            "subject": "Your order order-1 is on its way",
                            "messageId": "<order-1.dispatch-note@orderflow.example>", "to": "a***@example.org",
                            "attempts": 1, "failure": null, "sentAt": "2026-11-21T10:00:00Z"}]}""");
    }

    @ParameterizedTest
    @CsvSource({"orderId, /", "cursor, x", "cursor, ZW1haWxzIHg", "cursor, ZW1haWxzIG8tMSBOT05F", "size, 101"})
    void an_invalid_parameter_is_rejected(String name, String value) {
        assertThat(http.get().uri("/emails?{name}={value}", name, value))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(name);
    }
}
