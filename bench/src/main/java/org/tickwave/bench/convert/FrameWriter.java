package org.tickwave.bench.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes frames. A number that is not finite stands for a missing one. */
abstract class FrameWriter {
    private final OutputStream to;

    FrameWriter(final OutputStream to) {
        this.to = to;
    }

    /** Writes what stands before the first frame. */
    abstract void begin() throws IOException;

    /** @param frame is unchanged */
    abstract void write(float[] frame) throws IOException;

    final void write(final String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.UTF_8));
    }

    final void write(final byte[] bytes) throws IOException {
        to.write(bytes);
    }

    /** Raw little-endian float32. A missing number holds the last one of its signal; before the first one, 0. */
    static final class Raw extends FrameWriter {
        private final float[] last;
        private final ByteBuffer bytes;

        Raw(final OutputStream to, final int width) {
            super(to);
            last = new float[width];
            bytes = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        void begin() {
            // Raw numbers have no header.
        }

        @Override
        void write(final float[] frame) throws IOException {
            bytes.clear();
            for (int i = 0; i < last.length; i++) {
                last[i] = Float.isFinite(frame[i]) ? frame[i] : last[i];
                bytes.putFloat(last[i]);
            }
            write(bytes.array());
        }
    }

    /** CSV with a header. The cell of a missing number is empty. */
    static final class Csv extends FrameWriter {
        private static final String SPECIAL = ",;\t\"\r\n";

        private final List<String> names;
        private final StringBuilder row = new StringBuilder();

        Csv(final OutputStream to, final List<String> names) {
            super(to);
            this.names = names;
        }

        @Override
        void begin() throws IOException {
            row.setLength(0);
            for (final String name : names) {
                row.append(row.isEmpty() ? "" : ",").append(quoted(name));
            }
            write(row.append('\n').toString());
        }

        @Override
        void write(final float[] frame) throws IOException {
            row.setLength(0);
            for (int i = 0; i < frame.length; i++) {
                row.append(i == 0 ? "" : ",").append(Float.isFinite(frame[i]) ? cell(frame[i]) : "");
            }
            // Readers skip an empty line.
            write(row.append(row.isEmpty() ? "\"\"\n" : "\n").toString());
        }

        private static String quoted(final String name) {
            return name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0) ? '"' + name.replace("\"", "\"\"") + '"' : name;
        }

        /** The shortest decimal number that gives the float32 back. */
        private static String cell(final float number) {
            final String text = Float.toString(number);
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }
    }
}
