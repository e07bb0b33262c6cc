package io.orderflow.faults;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Lines that are copied into methods: never called here. */
final class Advices {

    /** Where the name of the fail point is put. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Name {}

    private Advices() {}

    static final class Before {

        private Before() {}

        @Advice.OnMethodEnter
        static void enter(@Name String name) {
            Passing.through(name, null);
        }
    }

    static final class After {

        private After() {}

        @Advice.OnMethodExit
        static void exit(@Name String name, @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object returned) {
            Passing.through(name, returned);
        }
    }
}
