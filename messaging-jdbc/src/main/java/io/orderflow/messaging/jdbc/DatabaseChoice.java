package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.database.UnusableDatabaseException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The DataSource that the outbox and the inbox use: the one that {@value #PROPERTY} names, else the only one, else the primary one. If there is
 * none of these, the start fails.
 */
final class DatabaseChoice {

    static final String PROPERTY = "messaging.database.data-source";
    static final String ENABLED = "messaging.database.enabled";

    /** The explicit mode without a database, and what it costs. */
    static final String WITHOUT = ENABLED + "=false (events are then sent at once, even if the transaction around them"
            + " is rolled back, and duplicates are handled again)";

    private final ConfigurableListableBeanFactory beans;
    private final @Nullable String name;

    /** @param name the value of {@value #PROPERTY} */
    DatabaseChoice(ConfigurableListableBeanFactory beans, @Nullable String name) {
        this.beans = beans;
        this.name = name;
    }

    /** @throws UnusableDatabaseException if there is none, or several and none of them is chosen */
    DataSource dataSource() {
        List<String> names = Arrays.asList(beans.getBeanNamesForType(DataSource.class));
        if (name != null) {
            if (!names.contains(name)) {
                throw new UnusableDatabaseException(
                        PROPERTY + " is '" + name + "', which is no DataSource of this application.",
                        names.isEmpty()
                                ? "Define that DataSource, or set " + WITHOUT + "."
                                : "Set it to one of: " + String.join(", ", names) + ".");
            }
            return beans.getBean(name, DataSource.class);
        }
        if (names.isEmpty()) {
            throw none();
        }
        DataSource unique = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (unique == null) {
            throw new UnusableDatabaseException(
                    "The application has several DataSources (" + String.join(", ", names)
                            + "), and none of them is chosen for the tables of messaging (outbox, inbox, dead letters).",
                    "Set " + PROPERTY + " to the one whose transactions your handlers and publishers use, or mark that"
                            + " one as @Primary. To run without a database: " + WITHOUT + ".");
        }
        return unique;
    }

    /** Whether the bean of that name is the chosen one. Does not create beans. */
    boolean isOf(String bean) {
        if (name != null) {
            return name.equals(bean);
        }
        String[] names = beans.getBeanNamesForType(DataSource.class, true, false);
        return Arrays.asList(names).contains(bean)
                && (names.length == 1 || beans.getMergedBeanDefinition(bean).isPrimary());
    }

    static UnusableDatabaseException none() {
        return new UnusableDatabaseException(
                "Messaging needs a database, for its outbox and its inbox, and the application has no DataSource.",
                "Add spring-boot-starter-jdbc and the PostgreSQL driver, and set spring.datasource.url. To run without a database:"
                        + " replace messaging-jdbc by messaging-common, or set " + WITHOUT + ".");
    }
}
