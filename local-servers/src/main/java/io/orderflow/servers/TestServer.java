package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that can be used by other processes, killed and restarted. */
public interface TestServer {

    /**
     * The environment variables with which the {@code find()} methods of another process return this server. Empty if other
     * processes cannot reach it.
     */
    Map<String, String> environment();

    /** Kills it, like {@code kill -9}. Returns once it has ended. */
    void crash();

    /** Starts it again after {@link #crash()}, with the same address and data. Returns once it is ready. */
    void restart();

    /** A new proxy before it, which the caller closes; null if that is not supported. */
    default @Nullable TcpProxy proxy() {
        return null;
    }
}
