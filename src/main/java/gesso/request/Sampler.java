package gesso.request;

import static gesso.request.ScheduleType.AUTOMATIC;
import static gesso.request.ScheduleType.EXPONENTIAL;
import static gesso.request.ScheduleType.KARRAS;

/** The samplers, in the order that A1111 shows them, each with the schedule that "Automatic" means for it. */
public enum Sampler implements Labelled {
    DPMPP_2M("DPM++ 2M", KARRAS),
    DPMPP_SDE("DPM++ SDE", KARRAS),
    DPMPP_2M_SDE("DPM++ 2M SDE", EXPONENTIAL),
    DPMPP_2M_SDE_HEUN("DPM++ 2M SDE Heun", EXPONENTIAL),
    DPMPP_2S_A("DPM++ 2S a", KARRAS),
    DPMPP_3M_SDE("DPM++ 3M SDE", EXPONENTIAL),
    EULER_A("Euler a", AUTOMATIC),
    EULER("Euler", AUTOMATIC),
    LMS("LMS", AUTOMATIC),
    HEUN("Heun", AUTOMATIC),
    DPM2("DPM2", KARRAS),
    DPM2_A("DPM2 a", KARRAS),
    DPM_FAST("DPM fast", AUTOMATIC),
    DPM_ADAPTIVE("DPM adaptive", AUTOMATIC),
    RESTART("Restart", KARRAS),
    DDIM("DDIM", AUTOMATIC),
    DDIM_CFGPP("DDIM CFG++", AUTOMATIC),
    PLMS("PLMS", AUTOMATIC),
    UNIPC("UniPC", AUTOMATIC),
    LCM("LCM", AUTOMATIC);

    private final String label;
    private final ScheduleType automatic;

    Sampler(String label, ScheduleType automatic) {
        this.label = label;
        this.automatic = automatic;
    }

    @Override
    public String label() {
        return label;
    }

    /** The schedule that {@link ScheduleType#AUTOMATIC} stands for; AUTOMATIC itself means the model's own. */
    public ScheduleType automaticSchedule() {
        return automatic;
    }

    public static Sampler parse(String text) {
        return Labelled.parse(Sampler.class, "sampler", "sampler", text);
    }
}
