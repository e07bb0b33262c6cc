package io.orderflow.email.usecases;

import io.orderflow.email.TestTransport;
import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailTexts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import io.orderflow.messaging.testkit.service.UseCaseTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The use cases, with a transport that records the e-mails. */
@UseCaseTest
@Import(TestTransport.class)
abstract class EmailUseCases {

    static final OrderId ORDER = new OrderId("order-1");

    static final Email CANCELLATION = EmailTexts.cancellation(ORDER, "changed my mind");

    static final Email CONFIRMATION = EmailTexts.confirmation(ORDER, List.of(), null, null);

    static final Email DISPATCH_NOTE = EmailTexts.dispatchNote(ORDER, "Parcel", "T-1");

    static final Email DELAY_NOTICE = EmailTexts.delayNotice(ORDER);

    @Autowired
    SendEmail emails;

    @Autowired
    StoreContact contacts;

    @Autowired
    ViewEmails view;

    @Autowired
    TestTransport transport;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void reset() {
        jdbc.sql("truncate contact, mail").update();
        transport.reset();
        contacts.store(ORDER, new EmailAddress("ada@example.com"), null);
    }

    EmailRecord mail() {
        return view.list("order-1", null, 10).get(0);
    }
}
