package io.orderflow.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as a service does, over HTTP, and records the requests. The system test has the real ones. */
final class ServiceStub implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String type, String body) {}

    ServiceStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(line + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            String path =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
            Answer answer = answers.getOrDefault(path, new Answer(404, "application/problem+json", "{}"));
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void answers(String request, String json) {
        answers.put(request, new Answer(200, "application/json", json));
    }

    void answersText(String request, String text) {
        answers.put(request, new Answer(200, "text/plain", text));
    }

    void refuses(String request, int status, String detail) {
        answers.put(request, new Answer(status, "application/problem+json", "{\"detail\": \"" + detail + "\"}"));
    }

    /** Method, path with query, and the Authorization header of each request. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
