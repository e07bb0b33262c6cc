package io.orderflow.order.domain;

/** There is no quote; the message may be shown to the client. */
public final class NoQuoteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private NoQuoteException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** The request was rejected; retrying does not help. */
    public static NoQuoteException refused(String reason) {
        return new NoQuoteException(reason, true);
    }

    /** There was no reply in time; a retry may succeed. */
    public static NoQuoteException unanswered() {
        return new NoQuoteException("The shipping service did not answer in time. Try again later.", false);
    }

    public boolean isRefused() {
        return refused;
    }
}
