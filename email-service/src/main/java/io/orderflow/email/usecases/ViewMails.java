package io.orderflow.email.usecases;

import io.orderflow.email.domain.Mail;
import io.orderflow.email.domain.Mails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads which mails were sent. */
@Service
public class ViewMails {

    private final Mails mails;

    ViewMails(Mails mails) {
        this.mails = mails;
    }

    public List<Mail> list(@Nullable String orderId, int limit, long offset) {
        return mails.list(orderId, limit, offset);
    }

    public long count(@Nullable String orderId) {
        return mails.count(orderId);
    }
}
