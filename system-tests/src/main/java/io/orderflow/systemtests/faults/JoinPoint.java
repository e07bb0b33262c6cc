package io.orderflow.systemtests.faults;

/** The beginning or the end of a method, which has no overloads in its class. */
record JoinPoint(String className, String method, Side side) {

    enum Side {
        BEFORE,
        /** When the method returns, not when it throws. */
        AFTER
    }

    static JoinPoint before(String className, String method) {
        return new JoinPoint(className, method, Side.BEFORE);
    }

    static JoinPoint after(String className, String method) {
        return new JoinPoint(className, method, Side.AFTER);
    }
}
