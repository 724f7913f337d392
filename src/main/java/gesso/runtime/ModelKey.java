package gesso.runtime;

import gesso.request.BadInput;
import gesso.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * What says that a model in memory is the wanted one. A file that was replaced by another of the same name is another key; so is
 * one with other networks over it.
 *
 * @param prefix of the names of the network's tensors
 */
record ModelKey(String network, String prefix, Object path, List<Stamp> files, Object variant) {
    static ModelKey of(String network, String prefix, WeightFile file) {
        return new ModelKey(
                network,
                prefix,
                file.path(),
                file.files().stream().map(Stamp::of).toList(),
                file.variant(prefix));
    }

    /** The same network in the form that ControlNets guide. */
    ModelKey controlled() {
        return new ModelKey(network, "controlled " + prefix, path, files, variant);
    }

    /** Of a model that lies in one file and is used as it is. */
    static ModelKey of(String network, Path file) {
        return new ModelKey(network, "", file, List.of(Stamp.of(file)), "");
    }

    /** Whether it is the same network of the same files, with other networks over it. */
    boolean isVariantOf(ModelKey other) {
        return new ModelKey(network, prefix, path, files, other.variant).equals(other);
    }

    /** One file as it is now. */
    record Stamp(Path file, long size, FileTime time) {
        static Stamp of(Path file) {
            try {
                return new Stamp(file, Files.size(file), Files.getLastModifiedTime(file));
            } catch (IOException e) {
                throw new BadInput(file.getFileName() + " can no longer be read. Is its disk still there?", e);
            }
        }
    }
}
