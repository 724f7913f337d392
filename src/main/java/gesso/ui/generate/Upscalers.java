package gesso.ui.generate;

import gesso.library.NetworkKind;
import gesso.request.UpscaleRequest;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What makes pictures larger, to be chosen by name: what needs no file, then the models that are installed. */
public final class Upscalers {
    private static final List<String> WITHOUT_FILE = List.of("Lanczos", "Nearest");

    private Upscalers() {}

    /** A choice of one; Lanczos first. */
    public static ChoiceSetting<String> setting(String name) {
        return new ChoiceSetting<>(name, WITHOUT_FILE, UpscaleRequest.DEFAULT_UPSCALER, Function.identity());
    }

    /** The models that are there now. */
    public static void set(ChoiceSetting<String> setting, ModelChoices models) {
        setting.setChoices(with(WITHOUT_FILE, models), UpscaleRequest.DEFAULT_UPSCALER);
    }

    /** These, and then the models. */
    static List<String> with(List<String> first, ModelChoices models) {
        List<String> all = new ArrayList<>(first);
        models.of(NetworkKind.UPSCALER).forEach(model -> all.add(model.name()));
        return all;
    }

    /** One that a picture was made with and that is not in the list is still what the picture asks for. */
    static void use(ChoiceSetting<String> setting, String name) {
        if (!setting.choices().contains(name)) {
            List<String> more = new ArrayList<>(setting.choices());
            more.add(name);
            setting.setChoices(more, setting.choices().get(0));
        }
        setting.set(name);
    }
}
