package io.orderflow.messaging.request;

/**
 * The responder reports a problem. A handler that throws it chooses the problem that is replied; every other exception becomes
 * one of status 500 without details.
 */
public final class RequestFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RequestFailedException(Problem problem) {
        super(problem.title() + " (" + problem.status() + ")"
                + (problem.detail() == null ? "" : ": " + problem.detail()));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
