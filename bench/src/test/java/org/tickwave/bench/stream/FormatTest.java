package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
    @Test
    void aFormatIsReadAsItIsWritten() {
        assertEquals(new Format(Format.Numbers.F32, 2, 360), Format.parse("f32:2@360"));
        assertEquals(new Format(Format.Numbers.U8, 256, 29.97), Format.parse("u8:256@29.97"));
        assertEquals(new Format(Format.Numbers.U8, 1, 30000 / 1001.0), Format.parse("u8:1@30000:1001"));
        assertEquals(new Format(Format.Numbers.F32, 65_536, 1e6), Format.parse("f32:65536@1000000"));
        assertEquals(new Format(Format.Numbers.U8, 2, Double.NaN), Format.parse("u8:2"));
        assertEquals("u8:2", Format.parse("u8:2").toString());
        assertEquals("f32:2@360", Format.parse("f32:2@360").toString());
        assertEquals(8, Format.parse("f32:2@360").frameBytes());
        assertEquals(2, Format.parse("u8:2@360").frameBytes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                     | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f32                    | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f32:2@                 | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f32:@360               | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f64:2@360              | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "F32:2@360              | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "' f32:2@360'           | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f32:-2@360             | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f32:2.5@360            | f32:WIDTH@FPS or u8:WIDTH@FPS",
        "f32:0@360              | width 0: expected 1 to 65536",
        "f32:65537@360          | width 65537: expected 1 to 65536",
        "u8:4294967297@360      | width 4294967297: expected 1 to 65536",
        "f32:99999999999999999999@360 | width 99999999999999999999: expected 1 to 65536",
        "f32:2@0                | fps 0: expected",
        "f32:2@-360             | fps -360: expected",
        "f32:2@NaN              | fps NaN: expected",
        "f32:2@Infinity         | fps Infinity: expected",
        "f32:2@1e3              | fps 1e3: expected",
        "f32:2@1000000.1        | fps 1000000.1: expected",
        "f32:2@360:0            | fps 360:0: expected",
        "f32:2@0:0              | fps 0:0: expected",
        "f32:2@0:1              | fps 0:1: expected",
        "f32:2@29.97:1          | fps 29.97:1: expected",
        "f32:2@1:2:3            | fps 1:2:3: expected",
        "f32:2@360 x            | fps 360 x: expected",
        "f32:2@0x10p3           | fps 0x10p3: expected",
        "f32:2@360f             | fps 360f: expected",
    })
    void aFormatThatIsNoneIsRefusedByItsTextAndWhatWasExpected(final String text, final String expected) {
        Streams.assertRefused(IllegalArgumentException.class, () -> Format.parse(text), "format " + text + ": ", expected);
    }

    @Test
    void aFormatThatIsNoLineIsStillRefusedWithOne() {
        Streams.assertRefused(IllegalArgumentException.class, () -> Format.parse("u8:2@3\n0\u2028"), "u8:2@3\\x0a0");
        Streams.assertRefused(IllegalArgumentException.class, () -> Format.parse("x".repeat(100_000)), "xxx...: expected");
    }

    @Test
    void framesASecondAreADecimalOrAFraction() {
        assertEquals(.5, Format.parseFps("0.5"));
        assertEquals(.5, Format.parseFps("1:2"));
        assertEquals(24000 / 1001.0, Format.parseFps("24000:1001"));
        assertEquals(1e6, Format.parseFps("1000000"));
        Streams.assertRefused(IllegalArgumentException.class, () -> Format.parseFps("0"),
            "fps 0", "above 0 and at most 1000000", "29.97", "30000:1001");
    }
}
