package io.orderflow.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the spans that services send to it, in Zipkin's format. */
final class SpanCollector implements AutoCloseable {

    record Endpoint(String serviceName) {}

    record Span(
            String traceId, String id, String parentId, String name, Endpoint localEndpoint, Map<String, String> tags) {

        String service() {
            return localEndpoint.serviceName();
        }

        String tag(String tag) {
            return tags == null ? null : tags.get(tag);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    SpanCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v2/spans", this::collect);
        server.start();
    }

    private void collect(HttpExchange exchange) throws IOException {
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body =
                compressed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            spans.addAll(JSON.readValue(body, new TypeReference<List<Span>>() {}));
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    List<Span> withTag(String tag, String value) {
        return spans.stream().filter(each -> value.equals(each.tag(tag))).toList();
    }

    List<Span> ofTrace(String traceId) {
        return spans.stream().filter(each -> each.traceId().equals(traceId)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
