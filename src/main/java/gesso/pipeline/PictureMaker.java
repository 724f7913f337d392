package gesso.pipeline;

import gesso.request.Picture;
import java.util.Map;

/** What makes the pictures of one request, each when it is its turn. */
interface PictureMaker {
    /** Makes picture {@code index}. */
    Picture make(int index, PicturePrompts prompts);

    /** What the last picture was found to be, in the words of its file. */
    Map<String, String> facts();

    /** The model that had the last step: the refiner, where there is one and its turn came. */
    Checkpoint finisher();
}
