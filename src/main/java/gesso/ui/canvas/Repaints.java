package gesso.ui.canvas;

import gesso.image.Region;
import gesso.request.MaskedContent;
import gesso.ui.generate.RecipeModel;

/** What is done with a selection at one press: the controls are set, where they are seen, and the picture is asked for. */
public final class Repaints {
    private static final int EXPANDED_BY = 64;

    private final Desk desk;
    private final RecipeModel recipe;
    private final Runnable generate;

    /** @param generate asks for what the controls say */
    public Repaints(Desk desk, RecipeModel recipe, Runnable generate) {
        this.desk = desk;
        this.recipe = recipe;
        this.generate = generate;
    }

    /** Paints the selection anew from what is there, by the denoising strength that is set. */
    void fill() {
        repaint(MaskedContent.ORIGINAL, 0);
    }

    /** Paints something new, from noise and the prompt. */
    void add() {
        repaint(MaskedContent.LATENT_NOISE, 1);
    }

    /** Fills it from its surroundings. */
    void remove() {
        repaint(MaskedContent.FILL, 0.9);
    }

    /** Takes the frame beyond the canvas on every side, as far as it may, and fills what is new there. */
    void expand() {
        Region frame = desk.document().frame();
        if (frame != null) {
            int width = Math.min(Frames.LARGEST, frame.width() + 2 * EXPANDED_BY);
            int height = Math.min(Frames.LARGEST, frame.height() + 2 * EXPANDED_BY);
            desk.setFrame(new Region(
                    frame.x() - (width - frame.width()) / 2, frame.y() - (height - frame.height()) / 2, width, height));
            repaint(MaskedContent.FILL, 0.9);
        }
    }

    private void repaint(MaskedContent content, double strength) {
        recipe.rework().inpaint().content().set(content);
        if (recipe.rework().denoise().value() < strength) {
            recipe.rework().denoise().set(strength);
        }
        generate.run();
    }
}
