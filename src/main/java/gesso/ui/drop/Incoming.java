package gesso.ui.drop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import org.jspecify.annotations.Nullable;

/**
 * What is brought into the window, dropped or pasted: files, or pixels, or the address of a picture, as browsers give them.
 *
 * @param files of this machine
 * @param image pixels without a file
 * @param address of a picture ({@code http}, {@code https} or {@code data}) where there are neither
 */
public record Incoming(
        List<Path> files, @Nullable Image image, @Nullable String address) {
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "jfif");
    private static final Set<String> DOCUMENTS = Set.of("gesso", "psd", "psb", "ora");
    private static final Set<String> PRESETS = Set.of("json", "csv", "zip");
    private static final Set<String> MODELS = Set.of("safetensors", "ckpt", "pt", "pth", "gguf", "bin", "onnx");

    /** What can be done with it, as far as its names tell. */
    public enum Kind {
        PICTURE,
        PICTURES,
        MODEL,
        /** One file of a picture in layers. */
        DOCUMENT,
        /** Files of presets, other than cards, which are pictures. */
        PRESETS,
        /** Nothing can be done with it. */
        OTHER,
        NOTHING
    }

    public Incoming {
        files = List.copyOf(files);
    }

    /** A file by itself. */
    public static Incoming of(Path file) {
        return new Incoming(List.of(file), null, null);
    }

    /** What lies on the clipboard, or is being dragged. */
    public static Incoming of(Clipboard board) {
        if (board.hasFiles() && !board.getFiles().isEmpty()) {
            return new Incoming(board.getFiles().stream().map(File::toPath).toList(), null, null);
        }
        String address = board.hasUrl() ? board.getUrl() : null;
        if (address != null && address.startsWith("file:")) {
            return new Incoming(List.of(new File(java.net.URI.create(address)).toPath()), null, null);
        }
        // The address is the file itself, with its settings in it; pixels are what is left of them.
        if (address != null && isPicture(address)) {
            return new Incoming(List.of(), null, address);
        }
        Image image = board.hasImage() ? board.getImage() : null;
        return new Incoming(List.of(), image, image == null ? address : null);
    }

    public Kind kind() {
        if (files.isEmpty()) {
            return image != null || address != null ? Kind.PICTURE : Kind.NOTHING;
        }
        Path first = files.get(0);
        if (files.size() == 1 && Files.isDirectory(first)) {
            return Kind.PICTURES;
        }
        if (files.stream().allMatch(file -> MODELS.contains(ending(file.toString())))) {
            return Kind.MODEL;
        }
        if (files.stream().allMatch(file -> PICTURES.contains(ending(file.toString())))) {
            return files.size() == 1 ? Kind.PICTURE : Kind.PICTURES;
        }
        if (files.size() == 1 && DOCUMENTS.contains(ending(first.toString()))) {
            return Kind.DOCUMENT;
        }
        if (files.stream().allMatch(file -> PRESETS.contains(ending(file.toString())))) {
            return Kind.PRESETS;
        }
        return Kind.OTHER;
    }

    /** Whether it may hold the settings that a picture was made with: pixels alone do not. */
    public boolean mayHaveSettings() {
        return image == null;
    }

    /** The name to speak of it by; empty where it has none. */
    public String name() {
        return files.isEmpty() ? "" : String.valueOf(files.get(0).getFileName());
    }

    private static boolean isPicture(String address) {
        String path = address.replaceFirst("[?#].*$", "");
        return address.startsWith("data:image/") || PICTURES.contains(ending(path));
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
