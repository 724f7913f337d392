package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import gesso.request.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesWhatItReads() {
        String text = "{\"b\":[1,2.5,true,null,\"狐 \\\" 🦊\\n\"],\"a\":{\"big\":18446744073709551615}}";
        assertEquals(text, Json.line(Json.readObject(text)));
        assertEquals(text, Json.line(Json.readObject(Json.pretty(Json.read(text)))));
        assertEquals("[{\"width\":64,\"height\":32}]", Json.line(List.of(new Size(64, 32))));
    }

    @Test
    void saysWhatIsNoJson() {
        for (String text : List.of("", "{", "{} x", "[".repeat(100_000), "{\"a\":NaN}")) {
            BadInput e = assertThrows(BadInput.class, () -> Json.read(text));
            assertTrue(e.sentence().length() < 300, e.sentence());
        }
        assertThrows(BadInput.class, () -> Json.readObject("[]"));
    }
}
