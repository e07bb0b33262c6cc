package io.orderflow.systemtests.faults;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/** A behaviour that replaces, or follows, that of a method. */
record Replacement(String className, String method, Manner manner, Behaviour behaviour) {

    /** The number of parameters of the overload that the others call. */
    private static final int PARAMETERS = 6;

    enum Manner {
        /** The behaviour is called first; its result is returned, and null runs the method. */
        INSTEAD,
        /** The behaviour is called first; true skips the method, which returns null or nothing. */
        SKIP,
        /** The behaviour is called last; its result is returned. */
        AFTERWARDS,
        /** Exceptions of the method are swallowed. */
        SWALLOW,
        /** The third argument, a boolean, is false. */
        THIRD_IS_FALSE
    }

    /** Called with the object, null for a static method, the arguments, and the result of the method if it has run. */
    @FunctionalInterface
    interface Behaviour {
        @Nullable
        Object call(@Nullable Object self, @Nullable Object[] arguments, @Nullable Object returned) throws Exception;
    }

    ElementMatcher<MethodDescription> matcher() {
        ElementMatcher.Junction<MethodDescription> byName = ElementMatchers.named(method);
        return manner == Manner.THIRD_IS_FALSE
                ? byName.and(ElementMatchers.takesArguments(PARAMETERS))
                : byName.and(ElementMatchers.not(ElementMatchers.isBridge()));
    }

    /** Identifies it in the instrumented code. */
    String key() {
        return className + "#" + method;
    }

    static Replacement instead(String className, String method, Behaviour behaviour) {
        return new Replacement(className, method, Manner.INSTEAD, behaviour);
    }

    static Replacement skip(String className, String method, Behaviour behaviour) {
        return new Replacement(className, method, Manner.SKIP, behaviour);
    }

    static Replacement afterwards(String className, String method, Behaviour behaviour) {
        return new Replacement(className, method, Manner.AFTERWARDS, behaviour);
    }

    static Replacement swallow(String className, String method) {
        return new Replacement(className, method, Manner.SWALLOW, (self, arguments, returned) -> null);
    }

    static Replacement thirdIsFalse(String className, String method) {
        return new Replacement(className, method, Manner.THIRD_IS_FALSE, (self, arguments, returned) -> null);
    }
}
