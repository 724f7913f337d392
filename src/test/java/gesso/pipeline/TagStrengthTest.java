package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.prompt.NetworkTag;
import gesso.weights.lora.BlockWeights;
import gesso.weights.lora.Strength;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As A1111's extra_networks_lora.py and the LoRA Block Weight extension read tags. */
class TagStrengthTest {
    private static final String MIDDLE = "1,0,0,0,1,1,1,1,1,1,1,1,0,0,0,0,0";

    private static Optional<Strength> of(String tag) {
        return TagStrength.of(NetworkTag.extract("a " + tag).tags().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "<lora:x>, 1, 1, 0",
        "<lora:x:0.5>, 0.5, 0.5, 0",
        "<lora:x:-0.5:0.25>, -0.5, 0.25, 0",
        "<lora:x:1:0.25:8>, 1, 0.25, 8",
        "<lora:x:te=0.5:unet=2>, 0.5, 2, 0",
        "<lora:x:te=0.5>, 0.5, 0.5, 0",
        "<lora:x:0.5:unet=0>, 0.5, 0, 0",
        "<lora:x:1:1:4:dyn=16>, 1, 1, 16",
        "<lyco:x: .5 >, 0.5, 0.5, 0",
    })
    void numbersByTheirPlacesOrByName(String tag, float text, float unet, int rank) {
        assertEquals(Optional.of(new Strength(text, unet, rank, BlockWeights.ONES)), of(tag));
    }

    @Test
    void blocksInTheirPlaceAndByName() {
        BlockWeights blocks = BlockWeights.parse(MIDDLE).orElseThrow();
        Optional<Strength> wanted = Optional.of(new Strength(0.8f, 0.8f, 0, blocks));
        assertEquals(wanted, of("<lora:x:0.8:" + MIDDLE + ">"));
        assertEquals(wanted, of("<lora:x:0.8:MIDD>"));
        assertEquals(wanted, of("<lora:x:0.8:lbw=MIDD>"));
        assertEquals(Optional.of(new Strength(0.8f, 0.5f, 0, blocks)), of("<lora:x:0.8:unet=0.5:lbw=" + MIDDLE + ">"));
    }

    @Test
    void whatIsNotFollowedIsNamed() {
        NetworkTag tag = NetworkTag.extract("<lora:x:1:stop=10:lbw=ALL:start=3:te=1>")
                .tags()
                .get(0);
        assertEquals(List.of("start=", "stop="), TagStrength.ignored(tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<lora:x:much>", "<lora:x:1:nan>", "<lora:x:te=>", "<lora:x:1:1:x>", "<lora:x:1:lbw=1,0>"})
    void whatIsNoNumberIsNone(String tag) {
        assertEquals(Optional.empty(), of(tag));
    }
}
