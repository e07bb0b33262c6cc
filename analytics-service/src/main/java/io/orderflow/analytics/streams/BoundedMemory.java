package io.orderflow.analytics.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One cache and one limit of write buffers for all state stores; by default, each store may use 100 MB. */
public final class BoundedMemory implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 24L * 1024 * 1024;
    private static final long WRITE_BUFFER_BYTES = 12L * 1024 * 1024;
    private static final long WRITE_BUFFER_BYTES_OF_A_STORE = 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig tables = (BlockBasedTableConfig) options.tableFormatConfig();
        tables.setBlockCache(CACHE);
        tables.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(tables);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES_OF_A_STORE);
    }

    /** Cache and limit are shared until the process ends. */
    @Override
    public void close(String storeName, Options options) {}
}
