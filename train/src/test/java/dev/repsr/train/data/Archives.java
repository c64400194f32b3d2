package dev.repsr.train.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes archives for tests, the tar ones by hand as POSIX.1-1988 and GNU describe them. */
final class Archives {
    private static final int BLOCK = 512;

    private Archives() {}

    static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return file;
    }

    static Path tar(Path file, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        add(out, "folder/", '5', new byte[0]);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (name.length() > 200) {
                byte[] attributes = (name.length() + 10 + " path=" + name + "\n").getBytes(StandardCharsets.UTF_8);
                add(out, "pax", 'x', attributes);
            } else if (name.length() > 99) {
                add(out, "././@LongLink", 'L', (name + "\0").getBytes(StandardCharsets.UTF_8));
            }
            add(out, name.substring(0, Math.min(99, name.length())), '0', entry.getValue());
        }
        out.write(new byte[2 * BLOCK]);
        return Files.write(file, out.toByteArray());
    }

    private static void add(ByteArrayOutputStream out, String name, char type, byte[] data) throws IOException {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", data.length));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xFF;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        out.write(header);
        out.write(Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK));
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
