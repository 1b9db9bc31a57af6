package org.tickwave.safetensors;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Guesses from the first bytes of a file what kind of file the user named in place of a safetensors file. */
final class FileKind {
    private static final int TAR_MAGIC_OFFSET = 257;
    private static final int ZIP_NAME_OFFSET = 30;
    private static final int ZIP_NAME_LENGTH_OFFSET = 26;
    private static final String LOOKS = "it looks like ";
    private static final String CONVERT = "; save its tensors as safetensors";
    private static final String UNPACK = "; unpack it";

    private final byte[] start;
    /** The same bytes, one char for each byte. */
    private final String text;

    private FileKind(final byte[] start) {
        this.start = start;
        text = new String(start, StandardCharsets.ISO_8859_1);
    }

    /**
     * Describes a file for the user.
     *
     * @param start the first bytes of the file, or the whole file
     * @return null if the kind of file is unknown
     */
    static String of(final byte[] start) {
        if (start.length == 0) {
            return "it is empty";
        }
        final FileKind file = new FileKind(start);
        final String kind = file.words() != null ? file.words() : file.archive() != null ? file.archive()
            : file.model() != null ? file.model() : file.media();
        return kind == null ? null : LOOKS + kind;
    }

    private String words() {
        final String stripped = text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
        final String lower = stripped.toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return "a Git LFS pointer; git lfs pull downloads the file";
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<head")) {
            return "a page of HTML; download the file itself";
        }
        if (lower.startsWith("<?xml")) {
            return "XML";
        }
        // A safetensors header without the length before the header, or the index of a model in several files.
        return stripped.matches("(?s)[{\\[]\\s*[\"{\\[\\]}\\d-].*") ? "JSON" : null;
    }

    private String archive() {
        if (begins(0, 'P', 'K', 3, 4)) {
            return zip();
        }
        if (begins(0, 0x1f, 0x8b)) {
            return "a gzip archive" + UNPACK;
        }
        if (begins(0, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return "an xz archive" + UNPACK;
        }
        if (begins(0, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "a zstd archive" + UNPACK;
        }
        if (begins(0, 'B', 'Z', 'h') && begins(4, 0x31, 0x41, 0x59)) {
            return "a bzip2 archive" + UNPACK;
        }
        if (begins(0, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c)) {
            return "a 7z archive" + UNPACK;
        }
        return begins(TAR_MAGIC_OFFSET, 'u', 's', 't', 'a', 'r') ? "a tar archive" + UNPACK : null;
    }

    /** The name of the first entry tells which program wrote the archive. */
    private String zip() {
        if (start.length >= ZIP_NAME_OFFSET) {
            final int length = (start[ZIP_NAME_LENGTH_OFFSET] & 0xff) + (start[ZIP_NAME_LENGTH_OFFSET + 1] & 0xff) * 256;
            final String name = text.substring(ZIP_NAME_OFFSET, Math.min(text.length(), ZIP_NAME_OFFSET + length));
            if (name.endsWith("/data.pkl") || name.endsWith("/.format_version")) {
                return "a PyTorch file" + CONVERT;
            }
            if (name.endsWith(".npy")) {
                return "a NumPy archive" + CONVERT;
            }
        }
        return "a zip archive" + UNPACK;
    }

    private String model() {
        if (begins(0, 0x80) && start.length > 1 && start[1] >= 2 && start[1] <= 5) {
            return "a Python pickle, such as PyTorch writes" + CONVERT;
        }
        if (begins(0, 'G', 'G', 'U', 'F')) {
            return "a GGUF file" + CONVERT;
        }
        if (begins(0, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return "a NumPy array" + CONVERT;
        }
        if (begins(0, 0x89, 'H', 'D', 'F', '\r', '\n')) {
            return "an HDF5 file" + CONVERT;
        }
        if (begins(4, 'T', 'F', 'L', '3')) {
            return "a TensorFlow Lite file" + CONVERT;
        }
        // A protocol buffer: a version of one byte, then the length and the name of the program that wrote the file.
        final boolean onnx = begins(0, 8) && begins(2, 0x12) && start.length > 4 && start[1] > 0 && start[3] > 0;
        return onnx && text.substring(4, Math.min(text.length(), 4 + start[3])).matches("[ -~]+")
            ? "an ONNX model" + CONVERT : null;
    }

    private String media() {
        if (begins(0, 0x89, 'P', 'N', 'G')) {
            return "a PNG image";
        }
        if (begins(0, 0xff, 0xd8, 0xff)) {
            return "a JPEG image";
        }
        if (begins(0, '%', 'P', 'D', 'F', '-')) {
            return "a PDF document";
        }
        if (begins(0, 'R', 'I', 'F', 'F') && begins(8, 'W', 'A', 'V', 'E')) {
            return "a WAV recording";
        }
        if (text.startsWith("YUV4MPEG2")) {
            return "a Y4M video";
        }
        return text.matches("[\\t\\n\\r -~]{8,}") ? "text" : null;
    }

    private boolean begins(final int at, final int... bytes) {
        if (start.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((start[at + i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
