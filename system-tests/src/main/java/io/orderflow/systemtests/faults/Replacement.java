package io.orderflow.systemtests.faults;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/** What a method does instead of, or after, what is written in it. */
record Replacement(String className, String method, Manner manner, Behaviour behaviour) {

    /** Of the overloads, the one with so many arguments is the one that the others call. */
    private static final int THIRD_OF = 6;

    enum Manner {
        /** The behaviour is asked first; what it returns is returned, and null lets the method do what it does. */
        INSTEAD,
        /** The behaviour is asked first: true skips the method, which returns nothing. */
        SKIP,
        /** What the behaviour returns is returned. */
        AFTERWARDS,
        /** What the method throws is forgotten. */
        SWALLOW,
        /** The third argument, a boolean, is false. */
        THIRD_IS_FALSE
    }

    /** Called with the object, null for a static method, the arguments, and what was returned where that is known. */
    @FunctionalInterface
    interface Behaviour {
        @Nullable
        Object of(@Nullable Object self, @Nullable Object[] arguments, @Nullable Object returned) throws Exception;
    }

    ElementMatcher<MethodDescription> matcher() {
        ElementMatcher.Junction<MethodDescription> byName = ElementMatchers.named(method);
        return manner == Manner.THIRD_IS_FALSE
                ? byName.and(ElementMatchers.takesArguments(THIRD_OF))
                : byName.and(ElementMatchers.not(ElementMatchers.isBridge()));
    }

    /** Names it in the code that is put into the class. */
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
