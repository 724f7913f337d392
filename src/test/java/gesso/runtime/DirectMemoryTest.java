package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {
    private static final int SIZE = 16 << 20;

    @Test
    void closingGivesTheMemoryBackAtOnce() {
        long before = used();
        try (DirectMemory memory = DirectMemory.allocate(SIZE)) {
            assertTrue(memory.buffer().isDirect());
            assertEquals(0, memory.buffer().getInt(SIZE - 4));
            memory.buffer().asFloatBuffer().put(SIZE / 4 - 1, 1);
        }
        assertEquals(before, used());
    }

    /** Java's own count of direct buffers; arenas, where Java has them, are not in it, and free by their contract. */
    private static long used() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
