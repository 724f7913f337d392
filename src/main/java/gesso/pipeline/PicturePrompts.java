package gesso.pipeline;

import gesso.prompt.Comments;
import gesso.prompt.DynamicPrompt;
import gesso.prompt.Wildcards;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One picture's texts: the request's, without comments where A1111 is meant, and with their choices drawn from the
 * picture's own seed. Empty hires texts stay empty: that pass has the first one's.
 */
record PicturePrompts(String prompt, String negative, String hires, String hiresNegative) {
    /** The texts of picture {@code index} of a request whose seeds are drawn. */
    static PicturePrompts draw(GenerationRequest request, int index, Wildcards wildcards) {
        long seed = request.seeds().forPicture(index).seed();
        Hires second = request.hires() == null ? Hires.DEFAULT : request.hires();
        return new PicturePrompts(
                DynamicPrompt.draw(uncommented(request, request.prompt()), seed, wildcards),
                DynamicPrompt.drawNegative(uncommented(request, request.negativePrompt()), seed, wildcards),
                DynamicPrompt.draw(uncommented(request, second.prompt()), seed, wildcards),
                DynamicPrompt.drawNegative(uncommented(request, second.negativePrompt()), seed, wildcards));
    }

    private static String uncommented(GenerationRequest request, String text) {
        return request.profile() == Profile.A1111 ? Comments.strip(text) : text;
    }

    /** The request with these texts in place of those that they were drawn from. */
    GenerationRequest in(GenerationRequest request) {
        Hires second = request.hires();
        return request.edit(e -> e.prompt(prompt)
                .negativePrompt(negative)
                .hires(second == null ? null : second.withPrompts(hires, hiresNegative)));
    }

    /** What the texts were drawn from, where that is something else, under the names that the dynamic prompts extension gives it. */
    Map<String, String> templates(GenerationRequest request) {
        Map<String, String> templates = new LinkedHashMap<>();
        if (!prompt.equals(request.prompt())) {
            templates.put("Template", request.prompt());
        }
        if (!negative.equals(request.negativePrompt())) {
            templates.put("Negative Template", request.negativePrompt());
        }
        return templates;
    }
}
