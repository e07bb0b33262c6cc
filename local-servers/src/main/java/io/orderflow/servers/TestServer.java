package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real server that belongs to a test: it can be found by other processes, killed and started again. */
public interface TestServer {

    /**
     * The environment variables with which another process finds this very server: the fixtures, asked there, use it
     * instead of starting one. Empty if other processes cannot reach it.
     */
    Map<String, String> environment();

    /** Ends it as {@code kill -9} does, with no chance to say goodbye or to flush. Returns once it is gone. */
    void crash();

    /** Starts it again after {@link #crash()}, same address, same data. Returns once it answers. */
    void restart();

    /** A new network before it that can be broken, which the caller closes; null if there is none. */
    default @Nullable TcpProxy proxy() {
        return null;
    }
}
