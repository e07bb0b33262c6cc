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

    public List<EmailRecord> list(@Nullable String orderId, int limit, long offset) {
        return records.list(orderId, limit, offset);
    }

    public long count(@Nullable String orderId) {
        return records.count(orderId);
    }
}
