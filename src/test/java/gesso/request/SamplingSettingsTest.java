package gesso.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "DPMPP_2M,     AUTOMATIC, A1111,     KARRAS",
        "DPMPP_3M_SDE, AUTOMATIC, A1111,     EXPONENTIAL",
        "EULER,        AUTOMATIC, A1111,     AUTOMATIC",
        "DPMPP_2M,     AUTOMATIC, COMFYUI,   NORMAL",
        "DPMPP_2M,     AUTOMATIC, DIFFUSERS, UNIFORM",
        "DPMPP_2M,     BETA,      DIFFUSERS, BETA",
        "EULER,        KARRAS,    COMFYUI,   KARRAS",
    })
    void automaticMeansWhatTheProgramMeans(
            Sampler sampler, ScheduleType asked, Profile profile, ScheduleType effective) {
        SamplingSettings settings =
                SamplingSettings.DEFAULT.withSampler(sampler).withSchedule(asked);
        assertEquals(effective, settings.effectiveSchedule(profile));
    }
}
