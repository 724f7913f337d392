package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private final List<String> notices = new ArrayList<>();

    @Test
    void theCpuWorksAndEveryOtherThatDoesNotSaysWhy() {
        List<Devices.Probe> probes = Devices.probe();
        assertEquals(Device.CPU, probes.get(probes.size() - 1).device());
        assertTrue(probes.get(probes.size() - 1).works());
        probes.forEach(p -> p.problem()
                .ifPresent(why -> assertTrue(why.matches(p.device().label() + " cannot be used: [^\n]+[^.]\\."), why)));
    }

    @Test
    void autoIsTheBestThatWorks() {
        boolean cuda = Devices.probe(Device.CUDA).works();
        assertEquals(cuda ? Device.CUDA : Device.CPU, Devices.choose("auto", notices::add));
    }

    @Test
    void aDeviceThatDoesNotWorkIsReplacedInOneSentence() {
        Devices.probe().forEach(p -> {
            notices.clear();
            Device chosen = Devices.choose(p.device().id(), notices::add);
            assertEquals(p.works() ? p.device() : Device.CPU, chosen);
            assertEquals(p.works() ? 0 : 1, notices.size());
        });
    }

    @Test
    void anUnknownNameIsRefused() {
        BadInput e = assertThrows(BadInput.class, () -> Devices.choose("gpu2", notices::add));
        assertEquals("There is no device \"gpu2\". Choose auto, cuda, tensorrt, directml, coreml, cpu.", e.sentence());
    }
}
