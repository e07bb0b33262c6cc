package io.orderflow.order.deadlines;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;

import io.orderflow.order.RunningOrderService;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** Makes orders and checkpoints as old as a test needs. */
abstract class DeadlineFixture extends RunningOrderService {

    @Autowired
    protected DeadlineCheck deadlines;

    /** Replaces all checkpoints by one. */
    protected void addCheckpoint(String age, String placedBefore) {
        jdbc.sql("delete from announced").update();
        jdbc.sql("insert into announced select now() - cast(? as interval), now() - cast(? as interval)")
                .params(age, placedBefore)
                .update();
    }

    protected String place() {
        return api.post("/orders", order("ada", item("BOOK-EIP", 1)))
                .json()
                .get("id")
                .stringValue();
    }

    protected void age(String id, String by) {
        jdbc.sql("update orders set placed_at = placed_at - cast(? as interval), changed_at = changed_at - cast(? as"
                        + " interval) where id = ?")
                .params(by, by, UUID.fromString(id))
                .update();
        jdbc.sql("update timeline set at = at - cast(? as interval) where order_id = ?")
                .params(by, UUID.fromString(id))
                .update();
        jdbc.sql("update messaging_outbox set created_at = created_at - cast(? as interval)"
                        + " where convert_from(message_key, 'UTF8') = ?")
                .params(by, id)
                .update();
    }

    protected String status(String id) {
        return api.get("/orders/" + id).json().get("status").stringValue();
    }
}
