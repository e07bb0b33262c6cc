package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateCacheTest {

    @TempDir
    Path home;

    @Test
    void the_folder_is_created_for_its_owner_only_and_reused() throws IOException {
        Path folder = PrivateCache.folder(Map.of(), home);

        assertThat(folder).isEqualTo(home.resolve(".cache/orderflow")).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PrivateCache.folder(Map.of(), home)).isEqualTo(folder);
    }

    @Test
    void the_environment_chooses_the_folder() {
        assertThat(PrivateCache.folder(
                        Map.of("XDG_CACHE_HOME", home.resolve("caches").toString()), home))
                .isEqualTo(home.resolve("caches/orderflow"));
    }

    @Test
    void a_folder_accessible_to_others_is_rejected() throws IOException {
        Files.setPosixFilePermissions(
                Files.createDirectories(home.resolve(".cache/orderflow")),
                PosixFilePermissions.fromString("rwxr-xr-x"));

        assertRejected();
    }

    @Test
    void a_link_is_rejected() throws IOException {
        Path other = PrivateCache.folder(Map.of(), Files.createDirectory(home.resolve("another")));
        Files.createDirectory(home.resolve(".cache"));
        Files.createSymbolicLink(home.resolve(".cache/orderflow"), other);

        assertRejected();
    }

    @Test
    void postgres_is_not_executed_from_a_world_writable_folder() {
        Path shared = Path.of(System.getProperty("java.io.tmpdir"));

        assertThat(PostgresBinaries.unpacked().home().startsWith(shared)).isFalse();
    }

    private void assertRejected() {
        assertThatThrownBy(() -> PrivateCache.folder(Map.of(), home))
                .isInstanceOf(ServerUnavailableException.class)
                .hasMessageContaining(home.resolve(".cache/orderflow").toString())
                .hasMessageContaining("XDG_CACHE_HOME");
    }
}
