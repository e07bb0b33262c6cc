package io.orderflow.systemtests;

/** Which tests run: those of an ordinary build, or also those that take long. */
public final class TestSelection {

    private TestSelection() {}

    /** Whether this is {@code ./orderflow test --all}. */
    public static boolean all() {
        return "all".equals(System.getProperty("orderflow.tests"));
    }
}
