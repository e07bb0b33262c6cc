package io.orderflow.messaging.jdbc;

import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** The chosen database, migrated and checked, and its transaction manager. */
record MessagingDatabase(DataSource dataSource, PlatformTransactionManager transactions) {}
