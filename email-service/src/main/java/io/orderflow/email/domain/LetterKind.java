package io.orderflow.email.domain;

import java.util.Locale;

/** What a letter is about. Of each kind an order has one. */
public enum LetterKind {
    CONFIRMATION,
    REJECTION,
    CANCELLATION,
    DISPATCH_NOTE;

    /** {@code dispatch-note}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
