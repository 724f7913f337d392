package gesso.request;

import java.nio.file.Path;

/**
 * A second model that finishes what the first one began (A1111's "Refiner"); with hires fix it works in the second pass alone.
 *
 * @param model its checkpoint's file
 * @param switchAt the part of the noise's timesteps that the first model takes off, 0–1
 */
public record Refiner(Path model, double switchAt) {
    public static final double DEFAULT_SWITCH = 0.8;

    public Refiner {
        InvalidRequest.range("refiner-switch", "Refiner switch", switchAt, 0, 1);
    }

    public Refiner withSwitchAt(double value) {
        return new Refiner(model, value);
    }
}
