package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.database.UnusableDatabaseException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class TransactionChoiceTest {

    private final DataSource orders = new PGSimpleDataSource();
    private final DataSource reports = new PGSimpleDataSource();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @Test
    void the_manager_of_the_data_source_is_chosen_and_proxies_are_seen_through() {
        beans.registerSingleton("ofReports", new JdbcTransactionManager(reports));
        beans.registerSingleton("ofOrders", new JdbcTransactionManager(new LazyConnectionDataSourceProxy(orders)));
        assertThat(chosenFor(orders)).isSameAs(beans.getBean("ofOrders"));
        assertThat(chosenFor(new LazyConnectionDataSourceProxy(reports))).isSameAs(beans.getBean("ofReports"));
    }

    @Test
    void the_manager_of_another_data_source_is_never_taken() {
        beans.registerSingleton("ofReports", new JdbcTransactionManager(reports));
        assertThatThrownBy(() -> chosenFor(orders))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("No transaction manager")
                .hasMessageContaining("ofReports");
    }

    @Test
    void a_manager_that_does_not_say_what_it_manages_is_taken_where_no_other_is() {
        beans.registerSingleton("ofReports", new JdbcTransactionManager(reports));
        beans.registerSingleton("global", new Global());
        assertThat(chosenFor(orders)).isSameAs(beans.getBean("global"));
    }

    @Test
    void two_managers_of_which_none_is_primary_stop_the_start() {
        beans.registerSingleton("one", new JdbcTransactionManager(orders));
        beans.registerSingleton("two", new JdbcTransactionManager(orders));
        assertThatThrownBy(() -> chosenFor(orders))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("Several transaction managers")
                .hasMessageContaining("[one, two]");
    }

    private PlatformTransactionManager chosenFor(DataSource dataSource) {
        return new TransactionChoice(beans).of(dataSource);
    }

    private static final class Global extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
