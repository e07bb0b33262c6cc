package io.orderflow.systemtests.faults;

/** One place of a fail point: the beginning or the end of a method that is the only one of its name in the class. */
record JoinPoint(String className, String method, Side side) {

    enum Side {
        BEFORE,
        /** Only when the method returns, not when it throws. */
        AFTER
    }

    static JoinPoint before(String className, String method) {
        return new JoinPoint(className, method, Side.BEFORE);
    }

    static JoinPoint after(String className, String method) {
        return new JoinPoint(className, method, Side.AFTER);
    }
}
