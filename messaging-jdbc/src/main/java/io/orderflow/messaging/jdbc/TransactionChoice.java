package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.database.UnusableDatabaseException;
import java.beans.PropertyDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The transaction manager of the chosen DataSource. A manager without a DataSource property (JTA) is used if there is no other; a manager
 * of another DataSource never is, because the outbox would then commit on its own.
 */
record TransactionChoice(ListableBeanFactory beans) {

    /** @throws UnusableDatabaseException if none manages this DataSource, or several do and none of them is primary */
    PlatformTransactionManager of(DataSource dataSource) {
        Map<String, PlatformTransactionManager> all =
                beans.getBeansOfType(PlatformTransactionManager.class, true, false);
        Map<String, PlatformTransactionManager> fitting = managing(all, innermost(dataSource));
        if (fitting.isEmpty()) {
            fitting = managing(all, null);
        }
        if (fitting.size() == 1) {
            return fitting.values().iterator().next();
        }
        PlatformTransactionManager primary =
                beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
        if (primary != null && fitting.containsValue(primary)) {
            return primary;
        }
        throw new UnusableDatabaseException(
                fitting.isEmpty()
                        ? "No transaction manager manages the DataSource that messaging uses; there are: "
                                + all.keySet()
                        : "Several transaction managers manage the DataSource that messaging uses, and none of them is"
                                + " primary: " + fitting.keySet(),
                "Define a JdbcTransactionManager for that DataSource, mark one as @Primary, or choose another DataSource"
                        + " with " + DatabaseChoice.PROPERTY + ".");
    }

    private static Map<String, PlatformTransactionManager> managing(
            Map<String, PlatformTransactionManager> all, @Nullable DataSource wanted) {
        Map<String, PlatformTransactionManager> found = new LinkedHashMap<>();
        all.forEach((name, manager) -> {
            if (dataSourceOf(manager) == wanted) {
                found.put(name, manager);
            }
        });
        return found;
    }

    /** Spring's managers for JDBC, JPA and Hibernate have a property for it, but no common type that has. */
    private static @Nullable DataSource dataSourceOf(PlatformTransactionManager manager) {
        PropertyDescriptor property = BeanUtils.getPropertyDescriptor(manager.getClass(), "dataSource");
        if (property == null || property.getReadMethod() == null) {
            return null;
        }
        try {
            return property.getReadMethod().invoke(manager) instanceof DataSource own ? innermost(own) : null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    private static DataSource innermost(DataSource dataSource) {
        DataSource inner = dataSource;
        while (inner instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null) {
            inner = proxy.getTargetDataSource();
        }
        return inner;
    }
}
