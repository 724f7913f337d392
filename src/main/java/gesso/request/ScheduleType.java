package gesso.request;

/** How the noise levels (sigmas) are spread over the steps, in the order that A1111 shows them. */
public enum ScheduleType implements Labelled {
    AUTOMATIC("Automatic"),
    UNIFORM("Uniform"),
    KARRAS("Karras"),
    EXPONENTIAL("Exponential"),
    POLYEXPONENTIAL("Polyexponential"),
    SGM_UNIFORM("SGM Uniform"),
    KL_OPTIMAL("KL Optimal"),
    ALIGN_YOUR_STEPS("Align Your Steps"),
    SIMPLE("Simple"),
    NORMAL("Normal"),
    DDIM("DDIM"),
    BETA("Beta");

    private final String label;

    ScheduleType(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static ScheduleType parse(String text) {
        return Labelled.parse(ScheduleType.class, "schedule", "schedule type", text);
    }
}
