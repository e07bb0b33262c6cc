package io.orderflow.messaging.policy;

/**
 * What makes two failures the same: the type of the root cause, and the place where it arose. What the exceptions say is
 * left out, because that names orders and times.
 */
record Fingerprint(String type, String place) {

    static Fingerprint of(Throwable failure) {
        return new Fingerprint(Causes.root(failure).getClass().getName(), FailurePlace.of(failure));
    }

    @Override
    public String toString() {
        return type + " at " + place;
    }
}
