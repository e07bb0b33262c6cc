package io.orderflow.systemtests.faults;

import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the code that was put into the classes calls, and broken behaviours. Public for the former alone. */
public final class Breaking {

    private static final String NOTE = """
            insert into messaging_inbox (consumer_group, topic, source, message_id) values (?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final Map<String, Replacement.Behaviour> BEHAVIOURS = new ConcurrentHashMap<>();

    private Breaking() {}

    static void replace(Replacement replacement) {
        BEHAVIOURS.put(replacement.key(), replacement.behaviour());
    }

    /** Asks the behaviour of that name. */
    public static @Nullable Object ask(
            String key, @Nullable Object self, @Nullable Object[] arguments, @Nullable Object returned)
            throws Exception {
        return BEHAVIOURS.get(key).of(self, arguments, returned);
    }

    /** The same, for a method that may be skipped. */
    public static boolean isSkipped(String key, @Nullable Object self, @Nullable Object[] arguments) throws Exception {
        return Boolean.TRUE.equals(BEHAVIOURS.get(key).of(self, arguments, null));
    }

    static @Nullable Object commitAtOnce(@Nullable Object consumer, @Nullable Object[] none, @Nullable Object polled)
            throws Exception {
        if (!((Collection<?>) polled).isEmpty()) {
            ask(consumer, "commit");
        }
        return polled;
    }

    static @Nullable Object noteOnItsOwn(@Nullable Object inbox, @Nullable Object[] arguments, @Nullable Object none)
            throws Exception {
        List<Object> findings = new ArrayList<>();
        try (Connection connection = ((DataSource) ask(field(inbox, "jdbc"), "getDataSource")).getConnection();
                PreparedStatement insert = connection.prepareStatement(NOTE)) {
            connection.setAutoCommit(true);
            for (Object entry : (Collection<?>) arguments[2]) {
                Object id = ask(entry, "id");
                insert.setString(1, String.valueOf(arguments[0]));
                insert.setString(2, String.valueOf(arguments[1]));
                insert.setString(3, String.valueOf(ask(id, "source")));
                insert.setString(4, String.valueOf(ask(id, "id")));
                findings.add(finding(inbox, insert.executeUpdate() == 1 ? "NEW" : "DUPLICATE"));
            }
        }
        return findings;
    }

    static @Nullable Object everythingIsNew(@Nullable Object inbox, @Nullable Object[] arguments, @Nullable Object none)
            throws Exception {
        return Collections.nCopies(((Collection<?>) arguments[2]).size(), finding(inbox, "NEW"));
    }

    private static Object finding(@Nullable Object inbox, String name) throws Exception {
        Class<?> type = Class.forName(
                "io.orderflow.messaging.inbox.Inbox$Finding",
                true,
                inbox.getClass().getClassLoader());
        return type.getMethod("valueOf", String.class).invoke(null, name);
    }

    static @Nullable Object neverDeadLetter(
            @Nullable Object policy, @Nullable Object[] arguments, @Nullable Object decision) throws Exception {
        if (!decision.getClass().getSimpleName().equals("DeadLetter")) {
            return decision;
        }
        ClassLoader loader = decision.getClass().getClassLoader();
        return Class.forName("io.orderflow.messaging.policy.FailureDecision$RetryLater", true, loader)
                .getConstructor(Duration.class)
                .newInstance(Duration.ofMillis(1));
    }

    /** Calls the method of that name with arguments that fit; types are those of the class loader of the object. */
    static @Nullable Object ask(@Nullable Object on, String method, Object... arguments) throws Exception {
        for (Class<?> type = on.getClass(); type != null; type = type.getSuperclass()) {
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(method) && fit(arguments, each.getParameterTypes())) {
                    each.setAccessible(true);
                    return invoke(each, on, arguments);
                }
            }
        }
        throw new NoSuchMethodException(method + Arrays.toString(arguments) + " of " + on.getClass());
    }

    private static boolean fit(Object[] arguments, Class<?>[] types) {
        if (arguments.length != types.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object invoke(Method method, @Nullable Object on, Object[] arguments) throws Exception {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    static Object field(@Nullable Object of, String name) throws Exception {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
