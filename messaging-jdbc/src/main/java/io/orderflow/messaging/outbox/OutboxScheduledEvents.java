package io.orderflow.messaging.outbox;

import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.events.ScheduledEvent;
import io.orderflow.messaging.events.ScheduledEvents;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Schedules events in the outbox, with the caller's transaction. */
public final class OutboxScheduledEvents implements ScheduledEvents {

    private final EventWriter writer;
    private final Outbox outbox;
    private final ScheduledRows rows;

    public OutboxScheduledEvents(EventWriter writer, Outbox outbox, DataSource dataSource) {
        this.writer = writer;
        this.outbox = outbox;
        this.rows = new ScheduledRows(dataSource);
    }

    @Override
    public void schedule(String name, Object event, Instant due) {
        Schedule schedule = new Schedule(name, due);
        EventWriter.Addressed written = writer.writeNotBefore(due, event);
        outbox.schedule(schedule, written.topic(), written.message());
    }

    @Override
    public boolean cancel(String name) {
        return outbox.cancel(name);
    }

    @Override
    public List<ScheduledEvent> list(int limit) {
        return rows.list(0, limit).stream().map(ScheduledRow::event).toList();
    }
}
