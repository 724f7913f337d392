package gesso.pipeline;

import gesso.graph.Parts;
import gesso.prompt.NetworkTag;
import gesso.request.BadInput;
import gesso.weights.lora.AppliedNetwork;
import gesso.weights.lora.LoraFile;
import gesso.weights.lora.Merging;
import gesso.weights.lora.Strength;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The extra networks that one request's prompts ask for: found, held against the checkpoint, laid over it. A network that is not
 * there is left out, with a notice, as in A1111; one that does not fit is refused.
 */
final class PictureNetworks {
    private final Checkpoint checkpoint;
    private final NetworkLibrary library;
    private final NetworkHashes hashes;
    private final Consumer<String> notice;
    private final Map<Object, Applied> known = new HashMap<>();
    private final Map<Path, LoraFile> files = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Map<Object, Merging> mergings = new HashMap<>();

    PictureNetworks(Checkpoint checkpoint, NetworkLibrary library, NetworkHashes hashes, Consumer<String> notice) {
        this.checkpoint = checkpoint;
        this.library = library;
        this.hashes = hashes;
        this.notice = notice;
    }

    /** The changed checkpoint, and the files that change it by the names that the prompt gave them. */
    record Applied(Checkpoint checkpoint, Map<String, LoraFile> files) {}

    /** What A1111 writes into a picture's parameters: {@code name: hash, name: hash}; empty where no network was used. */
    String hashes(PicturePrompts picture) {
        Map<String, LoraFile> all =
                new LinkedHashMap<>(applied(checkpoint, picture.prompt()).files());
        all.putAll(applied(checkpoint, picture.hires()).files());
        return all.entrySet().stream()
                .map(e -> e.getKey().replaceAll("[:,]", "") + ": " + hashes.of(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /**
     * A checkpoint as a prompt's networks change it: the request's, or its refiner, which is used as it is where they do not fit.
     *
     * @throws BadInput where one does not fit the request's checkpoint
     */
    Applied applied(Checkpoint model, String prompt) {
        List<NetworkTag> tags = NetworkTag.extract(prompt).tags();
        return tags.isEmpty()
                ? new Applied(model, Map.of())
                : known.computeIfAbsent(List.of(model.identity(), tags), key -> apply(model, tags));
    }

    private Applied apply(Checkpoint model, List<NetworkTag> tags) {
        List<AppliedNetwork> networks = new ArrayList<>();
        Map<String, LoraFile> used = new LinkedHashMap<>();
        for (NetworkTag tag : tags) {
            find(tag).ifPresent(network -> {
                networks.add(network);
                used.put(tag.name(), network.file());
            });
        }
        if (networks.isEmpty()) {
            return new Applied(model, Map.of());
        }
        if (model.file().network("unet").isPresent()) {
            throw new BadInput(
                    "%s is a folder of ONNX models, which LoRAs cannot change: take the model in another form, or take the LoRAs out of the prompt."
                            .formatted(model.name()));
        }
        Merging over = mergings.computeIfAbsent(
                model.identity(), id -> new Merging(model.file(), model.info(), Parts.networks(model.file())));
        try {
            Checkpoint merged = model.withFile(over.merge(networks));
            networks.forEach(network -> tellStrangers(network.file(), over, model));
            return new Applied(merged, used);
        } catch (BadInput e) {
            if (model.identity().equals(checkpoint.identity())) {
                throw e;
            }
            tell("%s refines without the LoRAs of the prompt, which are not made for it.".formatted(model.name()));
            return new Applied(model, Map.of());
        }
    }

    private Optional<AppliedNetwork> find(NetworkTag tag) {
        if (!tag.isLora()) {
            tell("<%s:%s> was left out: of extra networks, Gesso knows lora and lyco."
                    .formatted(tag.kind(), tag.name()));
            return Optional.empty();
        }
        Optional<Path> path = library.lora(tag.name());
        if (path.isEmpty()) {
            tell("There is no LoRA \"%s\": the picture is made without it.%s"
                    .formatted(tag.name(), nearest(tag.name())));
            return Optional.empty();
        }
        Optional<Strength> strength = TagStrength.of(tag);
        if (strength.isEmpty()) {
            tell("<%s:%s> was left out: a strength in it is no number.".formatted(tag.kind(), tag.name()));
            return Optional.empty();
        }
        List<String> ignored = TagStrength.ignored(tag);
        if (!ignored.isEmpty()) {
            tell("<%s:%s> counts at every step: Gesso does not follow %s."
                    .formatted(tag.kind(), tag.name(), String.join(" and ", ignored)));
        }
        hashes.begin(open(path.get()));
        return Optional.of(new AppliedNetwork(open(path.get()), strength.get()));
    }

    private String nearest(String name) {
        List<String> near = library.nearest(name);
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private LoraFile open(Path path) {
        return files.computeIfAbsent(path, LoraFile::open);
    }

    private void tellStrangers(LoraFile file, Merging over, Checkpoint model) {
        long strangers = over.strangers(file);
        if (strangers > 0) {
            tell("%s has %d layers that %s does not have; they were left out."
                    .formatted(file.path().getFileName(), strangers, model.name()));
        }
    }

    private void tell(String sentence) {
        if (told.add(sentence)) {
            notice.accept(sentence);
        }
    }
}
