package io.orderflow.email.domain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an e-mail is about. An order has at most one of each kind. */
public enum EmailKind {
    CONFIRMATION,
    REJECTION,
    CANCELLATION,
    DISPATCH_NOTE;

    /** The kinds that are not sent any more once this one is sent: no confirmation follows a cancellation. */
    public Set<EmailKind> supersedes() {
        return this == REJECTION || this == CANCELLATION ? EnumSet.of(CONFIRMATION) : EnumSet.noneOf(EmailKind.class);
    }

    /** The kinds after which this one is not sent any more. */
    public Set<EmailKind> supersededBy() {
        Set<EmailKind> later = EnumSet.allOf(EmailKind.class);
        later.removeIf(each -> !each.supersedes().contains(this));
        return later;
    }

    /** {@code dispatch-note}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
