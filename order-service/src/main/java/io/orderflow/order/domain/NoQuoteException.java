package io.orderflow.order.domain;

/** There is no quote; the message may be shown to who asked. */
public final class NoQuoteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private NoQuoteException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** Nobody quotes this, now or later. */
    public static NoQuoteException refused(String reason) {
        return new NoQuoteException(reason, true);
    }

    /** No answer came; a later request may have one. */
    public static NoQuoteException unanswered() {
        return new NoQuoteException("The shipping service did not answer in time. Try again later.", false);
    }

    public boolean isRefused() {
        return refused;
    }
}
