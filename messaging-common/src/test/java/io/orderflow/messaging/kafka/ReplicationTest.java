package io.orderflow.messaging.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {

    private final Replication unset = new Replication(null);
    private final Replication three = new Replication((short) 3);

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,2", "4,3", "5,3", "6,4"})
    void a_write_is_accepted_by_a_majority(int replicas, int acknowledgements) {
        assertThat(Replication.majority(replicas)).isEqualTo(acknowledgements);
    }

    @Test
    void without_configuration_it_is_three_or_the_number_of_brokers() {
        assertThat(unset.wanted(1)).isEqualTo((short) 1);
        assertThat(unset.wanted(5)).isEqualTo((short) 3);
        assertThat(three.wanted(1)).isEqualTo((short) 3);
    }

    @Test
    void a_topic_with_enough_replicas_has_no_weakness() {
        assertThat(unset.weaknesses("orders", 1, 1, 1)).isEmpty();
        assertThat(unset.weaknesses("orders", 3, 2, 5)).isEmpty();
        assertThat(three.weaknesses("orders", 3, 2, 2)).isEmpty();
        assertThat(three.weaknesses("orders", 4, 3, 4)).isEmpty();
    }

    @Test
    void a_topic_created_with_fewer_brokers_is_reported_with_what_to_do() {
        assertThat(unset.weaknesses("orders", 1, 1, 3))
                .singleElement()
                .asString()
                .contains("'orders' has 1 replica(s) instead of 3 (there are 3 brokers)", "to 2.");
        assertThat(three.weaknesses("orders", 2, 2, 3))
                .singleElement()
                .asString()
                .contains("2 replica(s) instead of 3 (messaging.kafka.replication-factor)");
    }

    @Test
    void a_topic_that_accepts_without_a_majority_is_reported() {
        assertThat(unset.weaknesses("orders", 4, 2, 4))
                .singleElement()
                .asString()
                .contains("2 of its 4 replicas", "min.insync.replicas to 3");
    }
}
