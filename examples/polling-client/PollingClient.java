import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the events of all orders without a broker: java PollingClient.java http://localhost:8081 cursor.txt
 *
 * <p>The file holds the cursor of the last event that was printed. Started again, the client goes on from there; an event that was printed
 * just before a crash may be printed again.
 */
class PollingClient {

    private static final Pattern EVENT = Pattern.compile("\\{\"cursor\":\"([^\"]+)\",\"orderId\":\"([^\"]+)\","
            + "\"at\":\"([^\"]+)\",\"what\":\"((?:[^\"\\\\]|\\\\.)*)\",\"status\":\"(\\w+)\"");

    public static void main(String[] arguments) throws IOException, InterruptedException {
        URI orders = URI.create(arguments[0]);
        Path file = Path.of(arguments[1]);
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
        while (true) {
            String cursor = Files.exists(file) ? Files.readString(file) : "";
            try {
                HttpRequest request = HttpRequest.newBuilder(orders.resolve("/events?wait=30&since=" + cursor))
                        .timeout(Duration.ofSeconds(40)) // longer than the service waits
                        .build();
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    throw new IOException(response.statusCode() + " " + response.body());
                }
                Matcher event = EVENT.matcher(response.body());
                while (event.find()) {
                    System.out.printf(
                            "%s %s %-10s %s%n", event.group(3), event.group(2), event.group(5), event.group(4));
                    Files.writeString(file, event.group(1));
                }
            } catch (IOException e) {
                System.err.println("Trying again in 2 s: " + e.getMessage());
                Thread.sleep(2_000);
            }
        }
    }
}
