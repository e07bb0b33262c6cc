package io.orderflow.email.usecases;

import io.orderflow.email.domain.Letter;

/** Another instance is sending this letter. It may die over it, so this is not done yet. */
public class LetterClaimedException extends RuntimeException {

    LetterClaimedException(Letter letter) {
        super("The " + letter.kind() + " of order " + letter.orderId() + " is being sent elsewhere.");
    }
}
