package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupBacklogTest {

    @Test
    void a_total_shows_messages_in_flight_if_each_queue_with_members_does() {
        GroupBacklog shown = new GroupBacklog("stock", 1, true);
        GroupBacklog idle = new GroupBacklog("stock", 2, false, false);
        GroupBacklog hidden = new GroupBacklog("stock", 3, true, false);

        assertThat(GroupBacklog.total("stock", List.of())).isEqualTo(new GroupBacklog("stock", 0, false));
        assertThat(GroupBacklog.total("stock", List.of(shown, idle))).isEqualTo(new GroupBacklog("stock", 3, true));
        assertThat(GroupBacklog.total("stock", List.of(shown, idle, hidden)))
                .isEqualTo(new GroupBacklog("stock", 6, true, false));
    }
}
