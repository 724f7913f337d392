package gesso.library;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GessoException;
import gesso.weights.FileHashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A model file from an address that the user gave. What was received stays as a {@code .part}, through cut connections,
 * cancelling and the end of the program, and the next try goes on from there; it becomes the file when its size and hash are
 * right. Only https is spoken; http only with this machine itself.
 */
public final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 10;
    private static final int MOST_CUTS = 5;
    private static final int START = 512; // bytes that tell a web page

    private final URI address;
    private final @Nullable String sha256;
    private final long stallMillis;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /** Hears how much of it is there. */
    public interface Progress {
        /**
         * More of it is there.
         *
         * @param all bytes; −1: the server does not say
         */
        void received(long done, long all);
    }

    /** A file that was received whole. {@code name}: as its site calls it. */
    public record Received(Path file, String name) {}

    /** What an answer says of the file. */
    private record About(String name, @Nullable String sha256, long size) {}

    /**
     * Asks for nothing yet.
     *
     * @param link as a user pastes it; a Hugging Face page of a file means the file
     * @param sha256 what the file must have, 64 hexadecimal digits; null: what the site says, if it does
     * @throws BadInput where the link or the hash is none
     */
    public Download(String link, @Nullable String sha256) {
        this(link, sha256, PATIENCE.toMillis() * 2);
    }

    Download(String link, @Nullable String sha256, long stallMillis) {
        this.address = checked(link.strip().replaceFirst("(//huggingface\\.co/[^/]+/[^/]+)/blob/", "$1/resolve/"));
        if (sha256 != null && !sha256.matches("[0-9a-fA-F]{64}")) {
            throw new BadInput("A SHA-256 has 64 hexadecimal digits, and this has %d characters: copy it whole."
                    .formatted(sha256.length()));
        }
        this.sha256 = sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
        this.stallMillis = stallMillis;
    }

    private static URI checked(String link) {
        try {
            URI uri = URI.create(link);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = String.valueOf(uri.getHost());
            boolean here = Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
            if (uri.getHost() != null && (scheme.equals("https") || (scheme.equals("http") && here))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput("\"%s\" is no link; copy it from the browser's address line.".formatted(link), e);
        }
        throw new BadInput("\"%s\" is no https link; others are not safe to load from.".formatted(link));
    }

    /**
     * Receives the file, or the rest of it.
     *
     * @param folder where the part is kept, and the file is then
     * @throws BadInput with a sentence, where the address has no model file or it is not the right one
     * @throws GessoException where it could not be received whole; the part stays
     * @throws Cancelled where {@code token} says so; the part stays
     */
    public Received into(Path folder, Progress progress, CancelToken token) {
        Path part = folder.resolve("download-" + digest(address.toString()) + ".part");
        try {
            Files.createDirectories(folder);
            About about = receive(part, progress, token);
            check(part, about, token);
            Files.deleteIfExists(versionFile(part));
            return new Received(part, about.name());
        } catch (IOException e) {
            token.check();
            throw new GessoException(
                    "%s cannot be written to: %s. What was received is kept.".formatted(folder, SafeFiles.why(e)), e);
        }
    }

    /** Goes on after cuts, as long as each try brings something. */
    private About receive(Path part, Progress progress, CancelToken token) throws IOException {
        int cuts = 0;
        while (true) {
            long before = size(part);
            try {
                return attempt(part, before, progress, token);
            } catch (Cut cut) {
                token.check();
                cuts = size(part) > before ? 0 : cuts + 1;
                if (cuts >= MOST_CUTS || size(part) == before) {
                    throw new GessoException(
                            "The connection to %s was cut at %d MB; try again, and it goes on from there."
                                    .formatted(address.getHost(), size(part) / 1_000_000),
                            cut);
                }
            }
        }
    }

    /** Beside the part: which version of the file it is of, as the server calls it. */
    private static Path versionFile(Path part) {
        return part.resolveSibling(part.getFileName() + ".version");
    }

    private static String version(Path part) throws IOException {
        Path file = versionFile(part);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void keepVersion(Path part, HttpResponse<?> response) throws IOException {
        String tag = response.headers().firstValue("etag").orElse("");
        if (tag.startsWith("\"")) {
            Files.writeString(versionFile(part), tag);
        } else {
            Files.deleteIfExists(versionFile(part));
        }
    }

    private static void discard(Path part) throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(versionFile(part));
    }

    /** The other side ended too early. */
    private static final class Cut extends Exception {
        Cut(IOException cause) {
            super(cause);
        }
    }

    private About attempt(Path part, long have, Progress progress, CancelToken token) throws IOException, Cut {
        HttpResponse<InputStream> response = ask(have, version(part), token);
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == 416 && have > 0) {
                About about = about(response, have);
                if (about.size() != have) {
                    discard(part);
                    throw new Cut(new IOException("the part is of another file"));
                }
                return about;
            }
            refuse(response, status);
            boolean goesOn = status == 206 && start(response) == have;
            if (!goesOn) {
                keepVersion(part, response);
            }
            long from = goesOn ? have : 0;
            About about = about(response, from);
            copy(body, part, goesOn, from, about.size(), progress, token);
            return about;
        }
    }

    /** Follows the redirections itself: each has to lead to an allowed address. */
    private HttpResponse<InputStream> ask(long have, String version, CancelToken token) throws Cut {
        URI at = address;
        String linkedHash = "";
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            token.check();
            HttpRequest.Builder request = HttpRequest.newBuilder(at)
                    .timeout(PATIENCE)
                    .header("User-Agent", "Gesso")
                    .header("Accept-Encoding", "identity");
            if (have > 0) {
                request.header("Range", "bytes=" + have + "-");
                if (!version.isEmpty()) {
                    request.header("If-Range", version);
                }
            }
            HttpResponse<InputStream> response = send(request.build());
            linkedHash = response.headers().firstValue("x-linked-etag").orElse(linkedHash);
            String next = response.headers().firstValue("location").orElse("");
            if (response.statusCode() / 100 != 3 || next.isEmpty()) {
                told = linkedHash.replace("\"", "").toLowerCase(Locale.ROOT);
                return response;
            }
            close(response);
            at = checked(at.resolve(next).toString());
        }
        throw new BadInput(
                "%s sends from one address to the next without end; get the link anew.".formatted(address.getHost()));
    }

    /** The hash that Hugging Face tells while it redirects; empty: none. */
    private String told = "";

    private HttpResponse<InputStream> send(HttpRequest request) throws Cut {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Cut(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        }
    }

    private static void close(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            // Closed unread.
        } catch (IOException e) {
            // It is not needed.
        }
    }

    private void refuse(HttpResponse<?> response, int status) {
        String host = address.getHost();
        if (status == 401 || status == 403) {
            throw new BadInput(
                    "%s gives this file only to those who are logged in: download it with the browser, and add the file."
                            .formatted(host));
        }
        if (status == 404 || status == 410) {
            throw new BadInput("There is no file at this address on %s; copy the link anew.".formatted(host));
        }
        if (status != 200 && status != 206) {
            throw new GessoException("%s answers with an error (%d); try again later.".formatted(host, status), null);
        }
        String type = response.headers().firstValue("content-type").orElse("");
        if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            throw page();
        }
    }

    private BadInput page() {
        return new BadInput(
                "This link leads to a web page on %s, not to a model file: copy the link of the download button."
                        .formatted(address.getHost()));
    }

    private About about(HttpResponse<?> response, long from) {
        String range = response.headers().firstValue("content-range").orElse("");
        long size = -1;
        String total = range.substring(range.lastIndexOf('/') + 1);
        if (total.matches("\\d{1,18}")) {
            size = Long.parseLong(total);
        } else if (response.statusCode() == 200) {
            long length = response.headers().firstValueAsLong("content-length").orElse(-1);
            size = length < 0 ? -1 : from + length;
        }
        String hash = sha256 != null ? sha256 : told.matches("[0-9a-f]{64}") ? told : null;
        return new About(name(response), hash, size);
    }

    /** The first byte that a partial answer brings. */
    private static long start(HttpResponse<?> response) {
        String range = response.headers().firstValue("content-range").orElse("");
        String first = range.replaceFirst("^bytes (\\d{1,18})-.*$", "$1");
        return first.matches("\\d+") ? Long.parseLong(first) : -1;
    }

    /** What the site calls the file, else the last part of the address; nothing in it can lead to another folder. */
    private static String name(HttpResponse<?> response) {
        String told = response.headers().firstValue("content-disposition").orElse("");
        String name = told.matches("(?i).*filename=\"[^\"]+\".*")
                ? told.replaceFirst("(?i).*filename=\"([^\"]+)\".*", "$1")
                : told.replaceFirst("(?i).*filename=([^;\\s]+).*", "$1");
        if (name.equals(told)) {
            String path = response.uri().getPath() == null ? "" : response.uri().getPath();
            name = path.substring(path.lastIndexOf('/') + 1);
        }
        String safe = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1)
                .replaceAll("[\\p{Cntrl}<>:\"|?*]", "_")
                .replaceFirst("^\\.+", "");
        String cut = safe.length() <= 120 ? safe : safe.substring(safe.length() - 120);
        return cut.isBlank() ? "model.safetensors" : cut;
    }

    private void copy(
            InputStream body, Path part, boolean goesOn, long from, long size, Progress progress, CancelToken token)
            throws IOException, Cut {
        StandardOpenOption how = goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        AtomicLong heard = new AtomicLong(System.nanoTime());
        ScheduledExecutorService guard = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "gesso-download-guard");
            thread.setDaemon(true);
            return thread;
        });
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            ScheduledFuture<?> unused =
                    guard.scheduleWithFixedDelay(() -> guard(body, heard, token), 200, 200, TimeUnit.MILLISECONDS);
            byte[] buffer = new byte[1 << 16];
            long done = from;
            progress.received(done, size);
            for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
                token.check();
                heard.set(System.nanoTime());
                if (done == 0 && isPage(buffer, n)) {
                    throw page();
                }
                out.write(buffer, 0, n);
                done += n;
                progress.received(done, size);
            }
            if (size >= 0 && done < size) {
                throw new Cut(new IOException("ended at " + done + " of " + size));
            }
        } finally {
            guard.shutdownNow();
        }
    }

    /** A server that says nothing any more, and a wait that the user ends: the stream is closed under the reader. */
    private void guard(InputStream body, AtomicLong heard, CancelToken token) {
        if (token.isCancelled() || System.nanoTime() - heard.get() > stallMillis * 1_000_000) {
            try {
                body.close();
            } catch (IOException e) {
                // The reader learns it.
            }
        }
    }

    private static int read(InputStream body, byte[] buffer) throws Cut {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new Cut(e);
        }
    }

    private static boolean isPage(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(START, length), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html");
    }

    /** A part that is wrong is thrown away: it would never become right. */
    private void check(Path part, About about, CancelToken token) throws IOException {
        if (about.size() >= 0 && size(part) != about.size()) {
            long is = size(part);
            discard(part);
            throw new BadInput("%s has %d bytes where %d were promised: download it again."
                    .formatted(about.name(), is, about.size()));
        }
        if (about.sha256() != null && !FileHashes.sha256(part, token).equals(about.sha256())) {
            discard(part);
            throw new BadInput(
                    "%s is not the file that was meant: its SHA-256 is another one. It was thrown away; see whether link and hash belong together, and download it again."
                            .formatted(about.name()));
        }
    }

    private static long size(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
