package gesso.ui.preset;

import gesso.library.preset.Presets.Stored;
import gesso.ui.common.Problem;
import java.util.List;

/**
 * What a preset would change, against the controls as they stand.
 *
 * @param changes only what differs
 * @param notes what is to be known first: that its model is missing, that it is of a newer version …
 */
public record PresetPreview(Stored stored, List<PresetChange> changes, List<Problem> notes) {}
