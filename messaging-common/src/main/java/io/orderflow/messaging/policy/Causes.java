package io.orderflow.messaging.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.ClassUtils;

/** What is behind a failure. Comes to an end even where causes go in a circle. */
final class Causes {

    /** Without a database there may be no transactions, and no class of theirs. */
    private static final boolean WITH_TRANSACTIONS = ClassUtils.isPresent(
            "org.springframework.transaction.TransactionSystemException", Causes.class.getClassLoader());

    private Causes() {}

    /**
     * The failure, what it was caused by, what that was caused by, and so on. Where not even the rollback of a transaction
     * succeeded, because the database died in the middle of it, the reason for the rollback is what says what is wrong: it
     * comes after what the rollback failed for.
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

    /** Apart, so that it is loaded only where the class that it names is there. */
    private static final class Rollback {

        static @Nullable Throwable reasonFor(Throwable failure) {
            return failure instanceof TransactionSystemException rollback ? rollback.getApplicationException() : null;
        }
    }
}
