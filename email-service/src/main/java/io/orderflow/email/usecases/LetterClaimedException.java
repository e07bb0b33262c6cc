package io.orderflow.email.usecases;

import io.orderflow.email.domain.Letter;

/** Another instance is sending this letter, or one that has to go out before it. It may die over it: this is not done yet. */
public class LetterClaimedException extends RuntimeException {

    LetterClaimedException(Letter letter) {
        super("The " + letter.kind() + " of order " + letter.orderId()
                + " is being sent elsewhere, or waits for one that is.");
    }
}
