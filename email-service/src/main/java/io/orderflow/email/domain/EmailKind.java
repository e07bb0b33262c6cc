package io.orderflow.email.domain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an e-mail is about. An order has at most one of each kind. */
public enum EmailKind {
    CONFIRMATION,
    REJECTION,
    CANCELLATION,
    DISPATCH_NOTE,
    DELAY_NOTICE;

    /**
     * The kinds that are not sent any more once this one is sent: no confirmation follows a cancellation, and no delay notice a
     * dispatch note.
     */
    public Set<EmailKind> supersedes() {
        return switch (this) {
            case REJECTION -> EnumSet.of(CONFIRMATION);
            case CANCELLATION -> EnumSet.of(CONFIRMATION, DELAY_NOTICE);
            case DISPATCH_NOTE -> EnumSet.of(DELAY_NOTICE);
            case CONFIRMATION, DELAY_NOTICE -> EnumSet.noneOf(EmailKind.class);
        };
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
