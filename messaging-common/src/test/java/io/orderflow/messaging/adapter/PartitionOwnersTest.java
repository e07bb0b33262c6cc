package io.orderflow.messaging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionOwnersTest {

    private static final long SEED = 20261121;

    private final Random random = new Random(SEED);

    @Test
    void nobodyHasMoreThanOneMoreThanAnother() {
        for (int number = 1; number <= 12; number++) {
            List<String> members = members(number);
            List<String> owners = PartitionOwners.of(members, 12);

            assertThat(members.stream().map(member -> Collections.frequency(owners, member)))
                    .as("shares of %d members", number)
                    .allMatch(share(12, number)::contains);
        }
    }

    @Test
    void allComeToTheSameAnswerInWhateverOrderTheyHeardOfEachOther() {
        List<String> members = members(5);
        List<String> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, random);

        assertThat(PartitionOwners.of(shuffled, 12)).isEqualTo(PartitionOwners.of(members, 12));
    }

    @Test
    void mostPartitionsStayWhereTheyAreWhenAMemberComes() {
        int moved = 0;
        for (int round = 0; round < 100; round++) {
            List<String> members = members(4);
            List<String> before = PartitionOwners.of(members.subList(0, 3), 12);
            List<String> after = PartitionOwners.of(members, 12);
            moved += (int) IntStream.range(0, 12)
                    .filter(partition -> !after.get(partition).equals(before.get(partition)))
                    .count();
        }

        assertThat(moved / 100.0).as("of 12, of which 3 have to move").isLessThan(6);
    }

    @Test
    void moreMembersThanPartitionsLeaveSomeWithNone() {
        assertThat(PartitionOwners.of(members(9), 6)).doesNotHaveDuplicates();
    }

    private static List<Integer> share(int partitions, int members) {
        return List.of(partitions / members, (partitions + members - 1) / members);
    }

    private List<String> members(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new UUID(random.nextLong(), random.nextLong()).toString())
                .toList();
    }
}
