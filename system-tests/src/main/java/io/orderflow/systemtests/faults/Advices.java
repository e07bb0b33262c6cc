package io.orderflow.systemtests.faults;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Code that the agent copies into methods; it is never called here. */
final class Advices {

    /** The parameter for the name of the fail point or the key of the replacement. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Name {}

    private Advices() {}

    static final class Before {

        private Before() {}

        @Advice.OnMethodEnter
        static void enter(@Name String name) {
            Hooks.pass(name, null);
        }
    }

    static final class After {

        private After() {}

        @Advice.OnMethodExit
        static void exit(@Name String name, @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object returned) {
            Hooks.pass(name, returned);
        }
    }

    static final class Instead {

        private Instead() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static Object enter(
                @Name String key, @Advice.This(optional = true) Object self, @Advice.AllArguments Object[] arguments)
                throws Exception {
            return Hooks.call(key, self, arguments, null);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter Object instead,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned) {
            if (instead != null) {
                returned = instead;
            }
        }
    }

    static final class Skip {

        private Skip() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Name String key, @Advice.This(optional = true) Object self, @Advice.AllArguments Object[] arguments)
                throws Exception {
            return Hooks.isSkipped(key, self, arguments);
        }
    }

    static final class Afterwards {

        private Afterwards() {}

        @Advice.OnMethodExit
        static void exit(
                @Name String key,
                @Advice.This(optional = true) Object self,
                @Advice.AllArguments Object[] arguments,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned)
                throws Exception {
            returned = Hooks.call(key, self, arguments, returned);
        }
    }

    static final class Swallow {

        private Swallow() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Thrown(readOnly = false) Throwable thrown) {
            thrown = null;
        }
    }

    static final class ThirdIsFalse {

        private ThirdIsFalse() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 2, readOnly = false) boolean third) {
            third = false;
        }
    }
}
