package gesso.library;

import gesso.request.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A picture that a browser gives by its address: {@code http}, {@code https}, or the bytes themselves ({@code data}). */
public final class WebPicture {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A picture of 128 megapixels is seldom larger. */
    private static final int LARGEST = 1 << 28;

    private WebPicture() {}

    /**
     * Fetches it into a file of its own in the system's temporary folder, which goes when the program ends.
     *
     * @throws BadInput with a sentence, where it cannot be had
     */
    public static Path fetch(String address) {
        try {
            byte[] bytes = address.startsWith("data:") ? decoded(address) : loaded(address);
            Path file = Files.createTempFile("gesso-", "-" + name(address));
            file.toFile().deleteOnExit();
            return Files.write(file, bytes);
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private static BadInput unreachable(Exception cause) {
        return new BadInput(
                "The picture cannot be fetched from its page; save it as a file there, and drop that.", cause);
    }

    private static byte[] decoded(String address) {
        int comma = address.indexOf(',');
        if (comma < 0 || !address.substring(0, comma).endsWith(";base64")) {
            throw new IllegalArgumentException("no base64");
        }
        return Base64.getMimeDecoder().decode(address.substring(comma + 1));
    }

    private static byte[] loaded(String address) throws IOException, InterruptedException {
        URI uri = URI.create(address);
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException(uri.getScheme());
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (response.statusCode() != 200 || bytes.length > LARGEST) {
                throw new IOException("status " + response.statusCode() + ", " + bytes.length + " bytes");
            }
            return bytes;
        }
    }

    private static String name(String address) {
        String path = address.startsWith("data:") ? "" : address.replaceFirst("[?#].*$", "");
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return last.isEmpty() ? "picture" : last.substring(Math.max(0, last.length() - 60));
    }
}
