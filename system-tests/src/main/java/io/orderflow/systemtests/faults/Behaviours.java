package io.orderflow.systemtests.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What replaced methods do instead, or afterwards. They load the library's types with the class loader of the application. */
final class Behaviours {

    private static final String RECORD = """
            insert into messaging_inbox (consumer_group, topic, source, message_id) values (?, ?, ?, ?)
            on conflict do nothing
            """;

    private Behaviours() {}

    static @Nullable Object commitAtOnce(@Nullable Object consumer, @Nullable Object[] none, @Nullable Object polled)
            throws Exception {
        if (!((Collection<?>) polled).isEmpty()) {
            Reflection.call(consumer, "commit");
        }
        return polled;
    }

    static @Nullable Object recordSeparately(
            @Nullable Object inbox, @Nullable Object[] arguments, @Nullable Object none) throws Exception {
        List<Object> findings = new ArrayList<>();
        try (Connection connection = ((DataSource) Reflection.call(Reflection.field(inbox, "jdbc"), "getDataSource"))
                        .getConnection();
                PreparedStatement insert = connection.prepareStatement(RECORD)) {
            connection.setAutoCommit(true);
            for (Object entry : (Collection<?>) arguments[2]) {
                Object id = Reflection.call(entry, "id");
                insert.setString(1, String.valueOf(arguments[0]));
                insert.setString(2, String.valueOf(arguments[1]));
                insert.setString(3, String.valueOf(Reflection.call(id, "source")));
                insert.setString(4, String.valueOf(Reflection.call(id, "id")));
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
}
