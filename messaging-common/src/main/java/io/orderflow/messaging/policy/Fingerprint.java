package io.orderflow.messaging.policy;

/**
 * What makes two failures the same: the type of the root cause, and the place where it arose. What the exceptions say is
 * left out, because that names orders and times.
 */
record Fingerprint(String type, String place) {

    static Fingerprint of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return new Fingerprint(root.getClass().getName(), FailurePlace.of(failure));
    }

    @Override
    public String toString() {
        return type + " at " + place;
    }
}
