package io.orderflow.messaging.spring;

import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** The database that was chosen, which is fit for use, and the transactions on it. */
record MessagingDatabase(DataSource dataSource, PlatformTransactionManager transactions) {}
