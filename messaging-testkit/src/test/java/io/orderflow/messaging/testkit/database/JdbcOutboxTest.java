package io.orderflow.messaging.testkit.database;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.outbox.CommitMark;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class JdbcOutboxTest extends OutboxConformance {

    @Override
    protected DataSource freshDatabase() {
        return Databases.fresh();
    }

    @Override
    protected PlatformTransactionManager transactions(DataSource database) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        transactions.addListener(new CommitMark());
        return transactions;
    }

    @Override
    protected Outbox outbox(DataSource database, Runnable afterCommit) {
        return new JdbcOutbox(database, partitions -> afterCommit.run());
    }

    @Override
    protected Relay startRelay(DataSource database, MessageProducer<String, byte[]> producer) {
        OutboxRelay relay =
                new OutboxRelay(database, producer, RelayOptions.defaults().withLease(Duration.ofSeconds(2)));
        relay.start();
        return new Relay() {
            @Override
            public void wake() {
                relay.wake();
            }

            @Override
            public void close() {
                relay.close();
            }
        };
    }
}
