package gesso.ui.preset;

import gesso.ui.common.ToggleSetting;

/**
 * One line of what a preset changes.
 *
 * @param key the words of the setting's name
 * @param now its value, as it is shown
 * @param then what it becomes
 * @param on whether it is taken over
 * @param apply sets it
 */
public record PresetChange(String key, String now, String then, ToggleSetting on, Runnable apply) {}
