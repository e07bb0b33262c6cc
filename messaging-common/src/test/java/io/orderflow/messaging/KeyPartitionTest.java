package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyPartitionTest {

    /** Figures of {@code zlib.crc32} in Python; if they change, keys in running systems lose their order. */
    @Test
    void it_is_the_crc_32_of_the_key_modulo_the_number_of_partitions() {
        assertThat(KeyPartition.of("123456789", Integer.MAX_VALUE)).isEqualTo((int) (0xCBF43926L % Integer.MAX_VALUE));
        assertThat(KeyPartition.of("order-4711", 6)).isEqualTo(1);
        assertThat(KeyPartition.of("kundin-ä", 6)).isEqualTo(2);
        assertThat(KeyPartition.of("", 6)).isZero();
    }

    @Test
    void keys_of_any_kind_are_spread_evenly() {
        assertEven(IntStream.range(0, 6_000).mapToObj(Integer::toString).toArray(String[]::new));
        assertEven(IntStream.range(0, 6_000).mapToObj(i -> "key" + i).toArray(String[]::new));
        assertEven(IntStream.range(0, 6_000)
                .mapToObj(i -> new UUID(i, 7L * i).toString())
                .toArray(String[]::new));
        assertEven(new String[6_000]);
    }

    private static void assertEven(String[] keys) {
        int[] counts = new int[6];
        Arrays.stream(keys).forEach(key -> counts[KeyPartition.of(key, 6)]++);
        assertThat(Arrays.stream(counts).boxed())
                .as("keys like %s", keys[0])
                .allMatch(count -> count > 800 && count < 1200);
    }
}
