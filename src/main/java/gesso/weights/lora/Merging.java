package gesso.weights.lora;

import gesso.request.BadInput;
import gesso.weights.Architecture;
import gesso.weights.DType;
import gesso.weights.ModelInfo;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays networks over a checkpoint, and refuses those that do not fit before anything is computed. */
public final class Merging {
    private final WeightFile base;
    private final ModelInfo info;
    private final LayerNames names;

    /**
     * Over this checkpoint; its layers' names are read once.
     *
     * @param info what {@code base} is
     */
    public Merging(WeightFile base, ModelInfo info, NetworkParts parts) {
        this.base = base;
        this.info = info;
        this.names = LayerNames.of(base, parts);
    }

    /**
     * The checkpoint as the networks change it, one after another.
     *
     * @throws BadInput where one is for another family or another size, naming both files
     */
    public MergedFile merge(List<AppliedNetwork> networks) {
        Map<String, Weight> weights = new LinkedHashMap<>(base.weights());
        Map<String, List<MergedFile.Step>> steps = new LinkedHashMap<>();
        for (AppliedNetwork network : networks) {
            checkFamily(network.file());
            int found = 0;
            for (LayerTensors tensors : network.file().layers().values()) {
                Layer layer = names.find(tensors.layer());
                if (layer != null) {
                    found++;
                    add(network, layer, layer.weight(), Changes.weight(tensors), weights, steps);
                    add(network, layer, layer.bias(), Changes.bias(tensors), weights, steps);
                }
            }
            if (found == 0) {
                throw new BadInput("%s changes nothing that %s has: it was made for another kind of model."
                        .formatted(name(network.file()), base.path().getFileName()));
            }
        }
        return new MergedFile(base, weights, steps, networks);
    }

    /** How many of the file's layers the checkpoint does not have. */
    public long strangers(LoraFile file) {
        return file.layers().keySet().stream()
                .filter(layer -> names.find(layer) == null)
                .count();
    }

    private void add(
            AppliedNetwork network,
            Layer layer,
            String tensor,
            @Nullable Change change,
            Map<String, Weight> weights,
            Map<String, List<MergedFile.Step>> steps) {
        Weight plain = weights.get(tensor);
        if (change == null || (plain == null && layer.third() >= 0)) {
            return;
        }
        Matrix.Part part = plain == null ? missingBias(layer) : Matrix.Part.of(plain.shape(), layer.third());
        Change fitting = fitting(change, plain, part);
        fitting.misfit(part.rows(), part.columns()).ifPresent(because -> {
            throw new BadInput("%s does not fit %s: at %s it %s. It was made for another model."
                    .formatted(name(network.file()), base.path().getFileName(), tensor, because));
        });
        if (network.strength().in(layer) == 0) {
            return;
        }
        long[] shape = plain == null ? new long[] {part.rows()} : plain.shape();
        long elements = plain == null ? part.rows() : plain.elements();
        weights.put(tensor, new Weight(tensor, DType.F32, shape, -1, 4 * elements));
        steps.computeIfAbsent(tensor, t -> new ArrayList<>()).add(new MergedFile.Step(network, layer, fitting, part));
    }

    private Matrix.Part missingBias(Layer layer) {
        return Matrix.Part.of(
                new long[] {
                    Objects.requireNonNull(base.weights().get(layer.weight())).shape()[0]
                },
                -1);
    }

    /** A UNet's first convolution may have more channels than the network knows (A1111). */
    private static Change fitting(Change change, @Nullable Weight plain, Matrix.Part part) {
        if (plain == null || plain.shape().length != 4 || plain.shape()[1] != 9) {
            return change;
        }
        int latent = part.columns() / 9 * 4;
        boolean narrow = change.misfit(part.rows(), part.columns()).isPresent()
                && change.misfit(part.rows(), latent).isEmpty();
        return narrow ? new Padded(change, latent) : change;
    }

    private void checkFamily(LoraFile file) {
        Architecture made = file.info().architecture().family();
        Architecture own = info.architecture().family();
        if (made != own && made != Architecture.UNKNOWN && own != Architecture.UNKNOWN) {
            throw new BadInput("%s is a LoRA for %s, but %s is %s. Choose another model, or leave the LoRA out."
                    .formatted(name(file), made.label(), base.path().getFileName(), info.label()));
        }
    }

    private static String name(LoraFile file) {
        return String.valueOf(file.path().getFileName());
    }
}
