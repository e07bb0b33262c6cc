package io.orderflow.email.domain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a letter is about. Of each kind an order has one. */
public enum LetterKind {
    CONFIRMATION,
    REJECTION,
    CANCELLATION,
    DISPATCH_NOTE;

    /** The kinds that nobody is to be told after this one: that an order is confirmed is no news once it has ended. */
    public Set<LetterKind> overtakes() {
        return this == REJECTION || this == CANCELLATION ? EnumSet.of(CONFIRMATION) : EnumSet.noneOf(LetterKind.class);
    }

    /** The kinds after which this one is not to be told. */
    public Set<LetterKind> overtakenBy() {
        Set<LetterKind> later = EnumSet.allOf(LetterKind.class);
        later.removeIf(each -> !each.overtakes().contains(this));
        return later;
    }

    /** {@code dispatch-note}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
