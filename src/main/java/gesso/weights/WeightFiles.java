package gesso.weights;

import gesso.request.BadInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Opens a file of weights of any kind by what is in it; its name says nothing. */
public final class WeightFiles {
    private static final int START = 64; // bytes that tell all kinds apart

    private WeightFiles() {}

    /**
     * Opens the file, or the folder of a diffusers pipeline, of one of its networks, or of ONNX networks. A UNet or VAE with diffusers' names is seen under LDM's.
     *
     * @throws BadInput where it is none, or broken; {@link IncompleteFile} where the rest of it may still come
     */
    public static WeightFile open(Path path) {
        if (Files.isDirectory(path) && OnnxFolder.is(path)) {
            return OnnxFolder.open(path);
        }
        if (Files.isDirectory(path) && DiffusersFolder.is(path)) {
            return DiffusersFolder.open(path);
        }
        if (Files.isDirectory(path) && ComponentFolder.is(path)) {
            return ComponentFolder.open(path);
        }
        return DiffusersParts.translated(EmaNames.restored(openFile(path)));
    }

    /** Opens a VAE. A small one (TAESD) whose halves are two files is seen as one: the other half lies beside it. */
    public static WeightFile openVae(Path path) {
        WeightFile file = open(path);
        String name = Faults.name(path);
        Path encoder = path.resolveSibling(name.replace("decoder", "encoder"));
        boolean half = file.weights().containsKey("3.conv.0.weight") && name.contains("decoder");
        if (!half || !Files.isRegularFile(encoder)) {
            return file;
        }
        JoinedWeights both = new JoinedWeights(file.path(), file.name(), file.form());
        file.weights().forEach((key, weight) -> both.add("taesd_decoder." + key, file, weight));
        WeightFile other = openFile(encoder);
        other.weights().forEach((key, weight) -> both.add("taesd_encoder." + key, other, weight));
        return both;
    }

    /** Opens a file; its tensors keep their names. */
    static WeightFile openFile(Path path) {
        FileBytes file = new FileBytes(path);
        byte[] start = file.read(0, (int) Math.min(START, file.size()));
        if (isSafetensors(start)) {
            return SafetensorsFile.open(path);
        }
        if (startsWith(start, 'P', 'K') || startsWith(start, 0x80)) {
            return PickleFile.open(path);
        }
        if (startsWith(start, 'G', 'G', 'U', 'F')) {
            return GgufFile.open(path);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
            throw new BadInput(Faults.name(path) + " is a web page, not a model: download it again, logged in.");
        }
        if (text.startsWith("version https://git-lfs")) {
            throw new BadInput(Faults.name(path) + " only points at a model (Git LFS): download the model itself.");
        }
        if (start.length > 8 && start[8] != '{' && !isZero(start)) {
            throw new BadInput(Faults.name(path) + " is not a file of weights that Gesso knows.");
        }
        return SafetensorsFile.open(path);
    }

    /** A length of less than 4 GB, then JSON. The length may begin as any other kind of file does: it is looked at first. */
    private static boolean isSafetensors(byte[] start) {
        return start.length > 8 && start[4] == 0 && start[5] == 0 && start[6] == 0 && start[7] == 0 && start[8] == '{';
    }

    private static boolean startsWith(byte[] start, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
