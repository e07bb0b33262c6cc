package io.orderflow.email.usecases;

import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailRecords;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads the records of e-mails. */
@Service
public class ViewEmails {

    private final EmailRecords records;

    ViewEmails(EmailRecords records) {
        this.records = records;
    }

    /** Those behind the e-mail {@code after}, newest first. */
    public List<EmailRecord> list(@Nullable String orderId, EmailRecord.@Nullable Key after, int limit) {
        return records.list(orderId, after, limit);
    }
}
