package io.orderflow.messaging.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.ClassUtils;

/** The causes of a failure, also if they form a circle. */
final class Causes {

    /** Spring's transactions are an optional dependency. */
    private static final boolean WITH_TRANSACTIONS = ClassUtils.isPresent(
            "org.springframework.transaction.TransactionSystemException", Causes.class.getClassLoader());

    private Causes() {}

    /**
     * The failure and its causes, outermost first. If a rollback failed as well, the exception that it was for comes after the
     * causes of the failed rollback.
     */
    static List<Throwable> of(Throwable failure) {
        List<Throwable> all = new ArrayList<>();
        collect(failure, all);
        return all;
    }

    /** Whether the failure is one of these, or something behind it is. */
    static boolean any(Throwable failure, Predicate<Throwable> test) {
        return of(failure).stream().anyMatch(test);
    }

    /** The last one of all. */
    static Throwable root(Throwable failure) {
        List<Throwable> all = of(failure);
        return all.get(all.size() - 1);
    }

    private static void collect(@Nullable Throwable failure, List<Throwable> all) {
        if (failure == null || all.stream().anyMatch(each -> each == failure)) {
            return;
        }
        all.add(failure);
        collect(failure.getCause(), all);
        if (WITH_TRANSACTIONS) {
            collect(Rollback.reasonFor(failure), all);
        }
    }

    /** A class of its own, so that it is loaded only if Spring's transactions are present. */
    private static final class Rollback {

        static @Nullable Throwable reasonFor(Throwable failure) {
            return failure instanceof TransactionSystemException rollback ? rollback.getApplicationException() : null;
        }
    }
}
