package io.orderflow.messaging.policy;

/** Failures are alike if their root causes have one type and arose in one place. Messages are ignored: they contain ids. */
record Fingerprint(String type, String place) {

    static Fingerprint of(Throwable failure) {
        return new Fingerprint(Causes.root(failure).getClass().getName(), FailurePlace.of(failure));
    }

    @Override
    public String toString() {
        return type + " at " + place;
    }
}
